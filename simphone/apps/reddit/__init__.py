"""Reddit: feeds, search, communities, posts and comments."""

from simphone.apps.reddit.app import APP

__all__ = ["APP"]
