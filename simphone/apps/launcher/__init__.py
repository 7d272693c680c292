"""The launcher: home screen and the drawer of all apps."""

from simphone.apps.launcher.app import APP

__all__ = ["APP"]
