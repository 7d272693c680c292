"""`python -m simphone`."""

import sys

from simphone.cli import main

if __name__ == "__main__":
    sys.exit(main())
