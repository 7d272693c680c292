"""Date, time and zone set by hand, and set automatically again.

`state["clock"]` keeps, once something was set by hand, `ahead_ms` (the clock is ahead of the network by so much) and
`network_zone` (the zone the network tells), so that switching back to automatic finds the way home.
"""

from __future__ import annotations

from datetime import UTC, datetime

from simphone.phone.machine import Machine, zone_info


def by_hand(m: Machine, local: datetime) -> None:
    """Put the clock to a naive local time."""
    clock = m.state["clock"]
    epoch_ms = int(local.replace(tzinfo=zone_info(clock["zone"])).astimezone(UTC).timestamp() * 1000)
    clock["ahead_ms"] = clock.get("ahead_ms", 0) + epoch_ms - m.epoch_ms
    m.set_clock(epoch_ms)


def automatic(m: Machine) -> None:
    """Take the network's time again."""
    ahead_ms = m.state["clock"].pop("ahead_ms", 0)
    if ahead_ms:
        m.set_clock(m.epoch_ms - ahead_ms)


def zone_by_hand(m: Machine, zone: str) -> None:
    """Choose a zone. Raises KeyError for an unknown one."""
    zone_info(zone)
    clock = m.state["clock"]
    clock.setdefault("network_zone", clock["zone"])
    clock["zone"] = zone
    m.changed()


def zone_automatic(m: Machine) -> None:
    """Take the network's zone again."""
    clock = m.state["clock"]
    clock["zone"] = clock.pop("network_zone", clock["zone"])
    m.changed()
