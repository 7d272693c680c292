"""Google Messages: conversations by SMS."""

from simphone.apps.messages.app import APP

__all__ = ["APP"]
