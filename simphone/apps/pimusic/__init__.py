"""Pi Music Player: the songs on the phone by title, album, artist, genre and folder; playlists; the player."""

from simphone.apps.pimusic.app import APP

__all__ = ["APP"]
