"""Android's Settings. Pages are data (`pages/`), drawn by one renderer; values live in the settings provider."""

from simphone.apps.settings.app import APP

__all__ = ["APP"]
