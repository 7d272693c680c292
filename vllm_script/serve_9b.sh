#!/usr/bin/env bash
# Serves autoglm-phone-9b in the foreground. Options as serve.py has them, for example: --set model=/path/to/the/weights
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python; [ -x "$python" ] || python=python3
exec "$python" vllm_script/serve.py autoglm-phone-9b "$@"
