"""Google Clock."""

from simphone.apps.clock.app import ClockApp

APP = ClockApp()

__all__ = ["APP"]
