"""The View tree: one description of a screen that gives pixels, uiautomator XML and hit-testing.

All lengths are dp (float) unless a name says px; colours are "#rrggbb" or "#rrggbbaa". A View is built anew for every
frame by a pure function of the phone's state and is never mutated after it was returned. `Msg` values are plain data
(they travel to `App.update`), so a recorded frame can be replayed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Scalar = str | int | float | bool | None
Msg = tuple[Scalar, ...]
"""A message to an app: a name, then plain arguments: ("toggle_alarm", 3)."""

MATCH: Final = -1.0
"""As large as the parent allows."""
WRAP: Final = -2.0
"""As large as the content needs."""

Color = str
Side = tuple[float, float, float, float]
"""left, top, right, bottom in dp."""
HAlign = Literal["start", "center", "end"]
VAlign = Literal["top", "center", "bottom"]
Weight = Literal["light", "regular", "medium", "bold"]
Layout = Literal["column", "row", "frame", "grid"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text looks. `size` in sp. `max_lines` 0 means unbounded; longer text ends in an ellipsis."""

    size: float = 14.0
    color: Color = "#1f1f1f"
    weight: Weight = "regular"
    align: HAlign = "start"
    max_lines: int = 0
    italic: bool = False
    underline: bool = False
    strike: bool = False
    letter_spacing: float = 0.0
    line_height: float = 0.0
    """In sp; 0 means the font's own (about 1.17 of the size)."""
    mono_digits: bool = False


@dataclass(frozen=True, slots=True)
class Paint:
    """How the box of a View looks. Paint-only facts: nothing here reaches the XML."""

    fill: Color | None = None
    radius: float = 0.0
    """Corner radius; a value of half the height or more gives a pill or a circle."""
    radii: tuple[float, float, float, float] | None = None
    """Corner radii top-left, top-right, bottom-right, bottom-left; overrides `radius`."""
    border: Color | None = None
    border_width: float = 1.0
    elevation: float = 0.0
    """dp; draws a soft shadow below the box."""
    alpha: float = 1.0
    """Of the box and all below it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Vector or pixel content of a box, scaled to it.

    kind `icon`: `name` is a key of simphone.ui.icons; kind `shape`: a drawing of simphone.ui.shapes (switch_on, slider,
    clock_hand ...), or with the name "path" the outlines given in `args`, in a unit square, as simphone.ui.vector reads
    them; kind `image`: `name` is a key of a registered procedural picture (map, cover, photo). All are drawn
    deterministically from name, args and colour.
    """

    kind: Literal["icon", "shape", "image"]
    name: str = ""
    color: Color = "#1f1f1f"
    size: float = 24.0
    """Edge of the drawn square in dp, centred in the box; 0 fills the box."""
    args: tuple[Scalar, ...] = ()
    rotate: float = 0.0


@dataclass(frozen=True, slots=True)
class Edit:
    """Makes a View a text field. `key` names it within its window; the value is the View's `text`.

    `on_change + (new_text,)` is sent after each edit; `on_enter` on the IME action. `hint` is shown, and given as text
    in the XML, while the value is empty. `autofocus` takes the focus, and raises the keyboard, when the field appears.
    """

    key: str
    on_change: Msg
    on_enter: Msg | None = None
    hint: str = ""
    keyboard: Literal["text", "number", "phone", "email", "url"] = "text"
    autofocus: bool = False
    multiline: bool = False
    hint_color: Color | None = None


@dataclass(frozen=True, slots=True)
class Scroll:
    """Makes a View scroll its children. `key` names its offset in the phone's state, per app. `axis` of movement.

    `page` snaps to whole extents (ViewPager) and then sends `on_page + (index,)` instead of keeping an offset.
    """

    key: str
    axis: Literal["y", "x"] = "y"
    page: bool = False
    on_page: Msg | None = None
    start_at: str | None = None
    """Key of the child that is at the top when the scroller first appears."""


@dataclass(frozen=True, slots=True)
class Slide:
    """Makes a View a slider: a tap or drag along its axis sends `on_slide + (fraction,)`, fraction 0..1 from the start.

    `axis` "circle" sends the angle as a fraction of a full turn, clockwise from 12 o'clock (clock faces)."""

    on_slide: Msg
    axis: Literal["x", "y", "circle"] = "x"
    ends: float = 0.0
    """Room between an end of the box and that of the track, as a share of the box's extent across the axis."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Makes a View answer by where it is touched, as maps and drawings do. Messages get dp: `on_tap` and `on_hold`
    (a long press) + (x, y) from the top left corner of the view, `on_pan` + (dx, dy), the way of the finger."""

    on_tap: Msg | None = None
    on_hold: Msg | None = None
    on_pan: Msg | None = None


@dataclass(slots=True)
class View:
    """One node. Order of `children` is drawing order and XML order.

    Flags that are None take the natural value: clickable when `on_tap` (also of a canvas) or `edit` is set;
    long_clickable when `on_long_press` is set, on a canvas with `on_hold`, or for a text field; focusable when
    clickable, an edit or a scroller; scrollable when the content of `scroll` is larger than its box.
    """

    cls: str = "android.widget.FrameLayout"
    id: str = ""
    """Resource id without the package prefix (`fab`), or whole (`android:id/title`)."""
    text: str = ""
    desc: str = ""
    children: list[View] = field(default_factory=list)

    # flags as uiautomator knows them
    checkable: bool = False
    checked: bool = False
    selected: bool = False
    enabled: bool = True
    password: bool = False
    clickable: bool | None = None
    long_clickable: bool | None = None
    focusable: bool | None = None
    scrollable: bool | None = None
    in_tree: bool = True
    """False: drawn and touchable, but not a node of the XML (its children are lifted to its parent)."""

    # behaviour
    on_tap: Msg | None = None
    on_long_press: Msg | None = None
    on_double_tap: Msg | None = None
    on_swipe: dict[Literal["left", "right", "up", "down"], Msg] | None = None
    on_drag: Msg | None = None
    """Long press and move: sends on_drag + (dx_dp, dy_dp)."""
    edit: Edit | None = None
    scroll: Scroll | None = None
    slide: Slide | None = None
    canvas: Canvas | None = None
    key: str = ""
    """A name for Scroll.start_at and Ctx.scroll_to."""

    # layout
    layout: Layout = "frame"
    columns: int = 0
    """Of a grid; cells have equal width."""
    width: float = WRAP
    height: float = WRAP
    weight: float = 0.0
    """Share of the space left in a row or column."""
    min_width: float = 0.0
    min_height: float = 0.0
    max_width: float = 0.0
    margin: Side = (0, 0, 0, 0)
    padding: Side = (0, 0, 0, 0)
    gap: float = 0.0
    """Between children of a row, column or grid."""
    halign: HAlign = "start"
    """Of the children within this box (cross axis of a column, main axis of a row; both apply in a frame)."""
    valign: VAlign = "top"
    self_halign: HAlign | None = None
    """Of this view within its frame, column or row, against the parent's halign."""
    self_valign: VAlign | None = None
    offset: tuple[float, float] = (0.0, 0.0)
    """Moved after layout by (dx, dy) dp: absolute placement inside a frame."""
    clip: bool = False

    # looks
    paint: Paint | None = None
    style: TextStyle | None = None
    """Set on text: the text of a View with a style is drawn; without one it only stands in the XML."""
    picture: Picture | None = None
    secure: bool = False
    """True: screenshots of the window show black, as FLAG_SECURE does."""


WindowKind = Literal["activity", "dialog", "sheet", "menu", "panel"]


@dataclass(slots=True)
class Window:
    """A window of an app. The dump holds the top window only; the picture shows all, with a scrim below dialogs.

    kind `activity` fills the screen (between the bars); `dialog` is centred, wrapping its content up to the screen less
    24 dp a side; `sheet` stands at the bottom, full width; `menu` is placed at `anchor` (dp from the top left of the
    screen; a negative x counts from the right edge); `panel` fills the screen without a scrim.
    `dismiss` is sent on back or on a tap outside; None makes the window modal (back then goes to the app).
    """

    root: View
    kind: WindowKind = "activity"
    dismiss: Msg | None = None
    anchor: tuple[float, float] = (0.0, 0.0)
    title: str = ""
    activity: str = ""
    """Activity class shown by dumpsys for an activity window; empty: the app's main activity."""
    background: Color | None = None


@dataclass(slots=True)
class Scene:
    """All windows of the app in front, bottom first; exactly one activity window comes first.

    `status_bar`/`nav_bar` are the colours of the system bars; None takes the window background.
    `keyboard` "resize" shrinks the activity above the soft keyboard, "pan" leaves it, "nothing" lets it be covered.
    """

    windows: list[Window]
    status_bar: Color | None = None
    nav_bar: Color | None = None
    dark_icons: bool | None = None
    """Icons of the status bar: True dark, False light, None by the bar's luminance."""
    fullscreen: bool = False
    keyboard: Literal["resize", "pan", "nothing"] = "resize"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a Material theme; apps derive their own from LIGHT or DARK with dataclasses.replace."""

    dark: bool
    background: Color
    surface: Color
    surface_high: Color
    on_surface: Color
    on_surface_soft: Color
    outline: Color
    primary: Color
    on_primary: Color
    primary_soft: Color
    on_primary_soft: Color
    error: Color
    divider: Color
    scrim: Color = "#00000052"


LIGHT: Final = Theme(
    dark=False,
    background="#fefbff",
    surface="#f3edf7",
    surface_high="#ece6f0",
    on_surface="#1c1b1f",
    on_surface_soft="#49454f",
    outline="#79747e",
    primary="#0b57d0",
    on_primary="#ffffff",
    primary_soft="#d3e3fd",
    on_primary_soft="#041e49",
    error="#b3261e",
    divider="#e0e2e0",
)
DARK: Final = Theme(
    dark=True,
    background="#131314",
    surface="#1e1f20",
    surface_high="#282a2c",
    on_surface="#e3e3e3",
    on_surface_soft="#c4c7c5",
    outline="#8e918f",
    primary="#a8c7fa",
    on_primary="#062e6f",
    primary_soft="#0842a0",
    on_primary_soft="#d3e3fd",
    error="#f2b8b5",
    divider="#444746",
)
