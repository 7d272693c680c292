"""What an episode does to a phone's battery and temperature, where the phone tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from phonebench.schema.episode import DeviceHealth


@dataclass(frozen=True, slots=True)
class HealthFigures:
    """One episode's, or a group's means and maxima; None where no phone tells."""

    battery_points: float | None = None
    """Percentage points of charge used; only while nothing fed the phone."""
    celsius: float | None = None
    """Highest temperature of the battery."""
    throttled: bool = False
    """Did Android report a thermal status of moderate or worse? The times are slower than the model then."""


THROTTLING = 2
"""android.os.PowerManager.THERMAL_STATUS_MODERATE."""


def health_of(health: DeviceHealth | None) -> HealthFigures | None:
    """Figures of an episode; None where nothing was read."""
    if health is None:
        return None
    start, end = health.start, health.end or health.start
    used = None
    if None not in (start.battery_percent, end.battery_percent) and start.powered is False and end.powered is False:
        assert start.battery_percent is not None and end.battery_percent is not None
        used = float(start.battery_percent - end.battery_percent) if health.end else None
    warmest = [reading.battery_celsius for reading in (start, end) if reading.battery_celsius is not None]
    return HealthFigures(
        battery_points=used,
        celsius=max(warmest, default=None),
        throttled=any((reading.thermal_status or 0) >= THROTTLING for reading in (start, end)),
    )


def sum_up(episodes: Iterable[HealthFigures | None]) -> HealthFigures:
    """Mean use of the battery, highest temperature, throttled in any."""
    found = [episode for episode in episodes if episode is not None]
    used = [episode.battery_points for episode in found if episode.battery_points is not None]
    warmest = [episode.celsius for episode in found if episode.celsius is not None]
    return HealthFigures(
        battery_points=fmean(used) if used else None,
        celsius=max(warmest, default=None),
        throttled=any(episode.throttled for episode in found),
    )
