"""Screens to test with: hypothesis strategies for Views, and one screen that holds a bit of everything."""

from __future__ import annotations

from hypothesis import strategies as st

from simphone.ui.frame import Frame, Metrics
from simphone.ui.layout import layout_window
from simphone.ui.view import MATCH, WRAP, Edit, Paint, Picture, Scroll, TextStyle, View, Window

SMALL = Metrics(540, 1200, 210, 31, 31)
BIG = Metrics(1440, 3120, 560, 84, 84)
TALL = Metrics(1080, 2400, 420, 63, 63)
PACKAGE = "com.example.app"

_size = st.sampled_from([MATCH, WRAP, WRAP, 0.0, 10.3, 40.0, 333.3, 2000.0])
_side = st.sampled_from([(0, 0, 0, 0), (4.3, 8, 16, 2.2), (300, 0, 300, 0)])
_leaf = st.builds(
    View,
    text=st.sampled_from(["", "OK", "A longer line of text that wraps", "你好，世界。"]),
    style=st.sampled_from([None, TextStyle(size=14), TextStyle(size=22, max_lines=1)]),
    width=_size, height=_size, margin=_side, padding=_side, weight=st.sampled_from([0.0, 0.0, 1.0, 2.5]),
    min_width=st.sampled_from([0.0, 48.0]), max_width=st.sampled_from([0.0, 100.0]),
    self_halign=st.sampled_from([None, "start", "center", "end"]),
    picture=st.sampled_from([None, Picture("icon", "add")]),
)  # fmt: skip


def _group(children: st.SearchStrategy[View]) -> st.SearchStrategy[View]:
    return st.builds(
        View,
        children=st.lists(children, max_size=5),
        layout=st.sampled_from(["column", "row", "frame", "grid"]),
        columns=st.integers(1, 3),
        width=_size, height=_size, margin=_side, padding=_side, gap=st.sampled_from([0.0, 7.7]),
        weight=st.sampled_from([0.0, 1.0]),
        halign=st.sampled_from(["start", "center", "end"]), valign=st.sampled_from(["top", "center", "bottom"]),
        scroll=st.sampled_from([None, None, None, Scroll("s"), Scroll("x", axis="x")]),
    )  # fmt: skip


views = st.recursive(_leaf, _group, max_leaves=20)


def framed(
    *windows: Window, metrics: Metrics = SMALL, offsets: dict[str, int] | None = None, active: int = -1
) -> Frame:
    """A frame of windows, laid out between the bars."""
    area = (0, metrics.status_bar, metrics.width, metrics.height - metrics.nav_bar)
    laid = [layout_window(window, PACKAGE, metrics, offsets or {}, area) for window in windows]
    return Frame(metrics, laid, active % len(laid))


def label(text: str, size: float = 16, **more: object) -> View:
    """A TextView."""
    return View(cls="android.widget.TextView", text=text, style=TextStyle(size=size), **more)  # type: ignore[arg-type]


def row(number: int) -> View:
    """A list row with an icon, two texts and a switch."""
    return View(
        cls="android.widget.LinearLayout", layout="row", width=MATCH, padding=(16, 12, 16, 12), gap=16, valign="center",
        on_tap=("row", number), key=f"row{number}",
        children=[
            View(width=40, height=40, paint=Paint("#d3e3fd", 20, elevation=2), picture=Picture("icon", "wifi")),
            View(layout="column", weight=1, children=[label(f"Row {number}", 18), label("网络 とインターネット", 13)]),
            View(width=52, height=32, picture=Picture("shape", "switch_on", "#0b57d0", size=0)),
        ],
    )  # fmt: skip


def sample(rows: int = 20, text: str = "typed") -> Window:
    """A page with a title, a text field and a list."""
    field = View(
        cls="android.widget.EditText", text=text, style=TextStyle(size=16), id="field", valign="center",
        edit=Edit("name", ("name",), hint="Your name"), width=MATCH, height=56, padding=(16, 0, 16, 0),
        paint=Paint(border="#79747e", radius=8),
    )  # fmt: skip
    page = View(
        layout="column", width=MATCH, height=MATCH, paint=Paint(fill="#fefbff"),
        children=[
            label("Title", 22, height=64), field,
            View(cls="androidx.recyclerview.widget.RecyclerView", id="list", scroll=Scroll("list"), layout="column",
                 width=MATCH, weight=1, children=[row(number) for number in range(rows)]),
        ],
    )  # fmt: skip
    return Window(page, background="#ffffff")


def dialog() -> Window:
    """A modal question."""
    root = View(
        layout="column", padding=(24, 24, 24, 24), gap=16, min_width=280,
        paint=Paint(fill="#ece6f0", radius=28, elevation=6),
        children=[label("Delete?", 24), label("OK", 14, on_tap=("ok",), padding=(12, 10, 12, 10))],
    )  # fmt: skip
    return Window(root, kind="dialog", dismiss=("dismiss",))
