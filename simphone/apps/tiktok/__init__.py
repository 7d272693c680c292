"""TikTok: a feed of short videos, search, profiles, following."""

from simphone.apps.tiktok.app import APP

__all__ = ["APP"]
