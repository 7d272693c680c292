"""The section `phone.prepare`: what is set on a phone before a run, and set back after it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from phonebench.config.section import Section


class LocationConfig(Section):
    """A place on earth, in degrees (WGS 84)."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    """North is positive."""
    longitude: Annotated[float, Field(ge=-180, le=180)]
    """East is positive."""


class PrepareConfig(Section):
    """What is set on emulators and attached phones before a run; what was there before is written down and restored."""

    adb_keyboard: bool = True
    """Switch the ADB keyboard on, which types any text."""
    animations: bool = False
    """Leave the three animation scales as they are; false sets them to 0, so that screens come to rest sooner."""
    stay_awake: bool = True
    """Keep the screen on while the phone is plugged in, and for half an hour otherwise."""
    date: datetime | None = None
    """The phone's date and time at the start of every episode, such as 2024-05-10T12:00:00; null: left alone."""
    zone: Annotated[str, Field(pattern=r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*")] | None = None
    """The time zone, such as America/New_York."""
    locale: Annotated[str, Field(pattern=r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")] | None = None
    """The language, such as en-US."""
    location: LocationConfig | None = None
    """The place that the phone reports."""
