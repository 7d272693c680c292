"""Chrome: tabs, search and address bar, a small web, bookmarks, history, settings."""

from simphone.apps.chrome.app import APP

__all__ = ["APP"]
