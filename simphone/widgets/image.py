"""Icons, pictures and avatars."""

from __future__ import annotations

from typing import Final, Unpack

from simphone.ui.view import Color, Paint, Picture, Scalar, TextStyle, Theme, View
from simphone.widgets.box import Attrs, build

IMAGE_VIEW: Final = "android.widget.ImageView"

AVATAR_COLORS: Final = ("#1a73e8", "#188038", "#d93025", "#e37400", "#9334e6", "#00796b", "#c2185b", "#5f6368")


def icon(theme: Theme, name: str, *, size: float = 24.0, color: Color | None = None, **attrs: Unpack[Attrs]) -> View:
    """An ImageView with an icon of simphone.ui.icons."""
    drawn = Picture("icon", name, color or theme.on_surface_soft, size)
    return build(attrs, cls=IMAGE_VIEW, width=size, height=size, picture=drawn)


def picture(name: str, *args: Scalar, **attrs: Unpack[Attrs]) -> View:
    """An ImageView filled with a registered procedural picture."""
    return build(attrs, cls=IMAGE_VIEW, picture=Picture("image", name, size=0.0, args=args))


def avatar(name: str, *, size: float = 40.0, **attrs: Unpack[Attrs]) -> View:
    """A coloured circle with the initial of `name`; the colour follows from the name alone."""
    initial = name.strip()[:1].upper()
    color = AVATAR_COLORS[sum(map(ord, name)) % len(AVATAR_COLORS)]
    letter = View(
        in_tree=False, text=initial, style=TextStyle(size=size * 0.5, color="#ffffff", align="center"), width=-1.0
    )
    return build(
        attrs,
        cls=IMAGE_VIEW,
        width=size,
        height=size,
        halign="center",
        valign="center",
        paint=Paint(fill=color, radius=size / 2),
        children=[letter],
    )


def round_icon(name: str, background: Color, color: Color, *, size: float = 40.0, **attrs: Unpack[Attrs]) -> View:
    """An icon in a coloured circle: launcher icons, the home rows of Settings."""
    return build(
        attrs,
        cls=IMAGE_VIEW,
        width=size,
        height=size,
        picture=Picture("icon", name, color, size * 0.58),
        paint=Paint(fill=background, radius=size / 2),
    )
