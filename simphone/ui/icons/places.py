"""Signs of places and of the way to them."""

from __future__ import annotations

from typing import Final

ICONS: Final[dict[str, tuple[str, ...]]] = {
    "gas_station": (
        "f M4 20.5V5A2 2 0 0 1 6 3H12A2 2 0 0 1 14 5V20.5z", "-f R 6.2 5.5 5.6 5 0.8",
        "s1.8 M14 12.5H15.5A1.5 1.5 0 0 1 17 14V17A1.6 1.6 0 0 0 20.2 17V9L17 5.5",
    ),
    "parking": ("s3 M8 20V4.5H12.8A4.6 4.6 0 0 1 12.8 13.7H8.5",),
    "school": ("f M12 4L23 9.5L12 15L1 9.5z", "f M5.5 13.3L12 16.6L18.5 13.3V17Q12 21.5 5.5 17z", "s1.6 M22 9.8V16"),
    "turn_right": ("s2.4 M7 20V12A3.5 3.5 0 0 1 10.5 8.5H18", "s2.4 M14 4L18.5 8.5L14 13"),
    "turn_left": ("s2.4 M17 20V12A3.5 3.5 0 0 0 13.5 8.5H6", "s2.4 M10 4L5.5 8.5L10 13"),
    "map_pin": (
        "f M12 1.5A7 7 0 0 1 19 8.5Q19 13.5 12 22Q5 13.5 5 8.5A7 7 0 0 1 12 1.5z", "-f O 12 8.5 2.7",
    ),
}  # fmt: skip
