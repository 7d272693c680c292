"""Google Phone: dialpad, call log, the call itself."""

from simphone.apps.dialer.app import APP

__all__ = ["APP"]
