"""How far a list runs on after the finger left it.

AOSP frameworks/base, android.widget.OverScroller.SplineOverScroller: getSplineDeceleration and getSplineFlingDistance,
with ViewConfiguration's friction and velocity bounds.
"""

from __future__ import annotations

import math
from typing import Final

FRICTION: Final = 0.015
_INFLEXION: Final = 0.35
_RATE: Final = math.log(0.78) / math.log(0.9)
_MIN_DP_S: Final = 50.0
_MAX_DP_S: Final = 8000.0
_GRAVITY_INCH: Final = 9.80665 * 39.37


def distance(velocity: float, density: int) -> int:
    """px that a fling of `velocity` px/s travels on a display of `density` dpi; the sign follows the velocity."""
    scale = density / 160
    speed = min(abs(velocity), _MAX_DP_S * scale)
    if speed < _MIN_DP_S * scale:
        return 0
    drag = FRICTION * _GRAVITY_INCH * density * 0.84
    deceleration = math.log(_INFLEXION * speed / drag)
    travelled = drag * math.exp(_RATE / (_RATE - 1.0) * deceleration)
    return int(math.copysign(travelled, velocity))
