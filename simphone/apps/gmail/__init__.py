"""Gmail: mailbox, conversations, search, composing and settings."""

from simphone.apps.gmail.app import APP

__all__ = ["APP"]
