"""Calendar (com.skuld.calendario): events, a month of days, tasks."""

from simphone.apps.calendar.app import APP

__all__ = ["APP"]
