"""A phone with two throw-away apps: `probe`, one widget of each kind, and `other`, which it can start."""

from simphone.core.app import BaseApp, Intent, Manifest
from simphone.ui.view import MATCH, Edit, Paint, Scene, Scroll, Slide, TextStyle, View, Window

PROBE = "us.zoom.videomeetings"
OTHER = "com.android.settings"
HOME = "com.google.android.apps.nexuslauncher"
SETTINGS = "android.settings.SETTINGS"
SCREENS = ("list", "search", "pager", "touch", "below")
STYLE = TextStyle(size=16)


def label(text, **attrs):
    return View(cls="android.widget.TextView", text=text, style=STYLE, **attrs)


def edit(key, value, **attrs):
    options = {name: attrs.pop(name) for name in list(attrs) if name in Edit.__dataclass_fields__}
    return View(
        cls="android.widget.EditText", id=key, text=value, style=STYLE, width=MATCH, height=56,
        edit=Edit(key, ("field", key), **options), **attrs,
    )  # fmt: skip


class Launcher(BaseApp):
    manifest = Manifest("launcher", "Home", HOME, f"{HOME}.NexusLauncherActivity", "home", launchable=False)

    def view(self, ctx):
        icon = label("Probe", on_tap=("open",), height=80)
        return Scene([Window(View(width=MATCH, height=MATCH, layout="column", children=[icon]))], status_bar="#204080")

    def update(self, ctx, msg):
        ctx.system.start(Intent(component=f"{PROBE}/{PROBE}.Main"))

    def back(self, ctx):
        return True


class Other(BaseApp):
    manifest = Manifest("other", "Other", OTHER, f"{OTHER}.Settings", "settings", actions=(SETTINGS,))

    def fresh_data(self):
        return {"seen": []}

    def open(self, ctx, intent):
        ctx.data["seen"].append([intent.action, intent.data])

    def view(self, ctx):
        return Scene([Window(View(width=MATCH, height=MATCH, children=[label("Other app")]))])

    def update(self, ctx, msg):
        pass


class Probe(BaseApp):
    """Screens by name in ui["screen"]; every message is logged in data["log"]."""

    manifest = Manifest("probe", "Probe", PROBE, f"{PROBE}.Main", "search")

    def fresh_data(self):
        values = {"name": "Pixel", "number": "", "note": "", "last": "", "query": ""}
        return {"log": [], "values": values, "rows": list(range(60))}

    def fresh_ui(self, ctx):
        return {"screen": "form", "dialog": "", "page": 0, "slide": 0.5}

    def tick(self, ctx):
        ctx.data["ticked_at"] = ctx.system.epoch_ms()

    def update(self, ctx, msg):
        ctx.data["log"].append(list(msg))
        name, *rest = msg
        if name == "field":
            key, text = rest
            if key == "number":
                digits = "".join(filter(str.isdigit, text))
                text = " ".join(filter(None, (digits[:3], digits[3:6], digits[6:])))
            ctx.data["values"][key] = text
        elif name in ("screen", "dialog", "page", "slide"):
            ctx.ui[name] = rest[0]
        elif name == "start":
            ctx.system.start(Intent(action="android.settings.SETTINGS", data="x:1"))
        elif name == "toast":
            ctx.system.toast("Saved")
        elif name == "drop":
            ctx.data["rows"].remove(rest[0])
        elif name == "scroll_to":
            ctx.system.scroll_to("list", rest[0], 8)
        elif name == "notify":
            ctx.system.notify("n1", "Timer", "done", "x:2")

    def back(self, ctx):
        if ctx.ui["screen"] == "form":
            return False
        ctx.ui["screen"] = "form"
        return True

    def view(self, ctx):
        body = getattr(self, "_" + ctx.ui["screen"])(ctx)
        theme = ctx.theme
        windows = [Window(body, background=theme.background)]
        if ctx.ui["dialog"]:
            field = [edit("in_dialog", ctx.data["values"]["last"], autofocus=True)] if ctx.ui["dialog"] == "ask" else []
            card = View(
                width=300, layout="column", padding=(24, 24, 24, 24), paint=Paint(fill=theme.surface, radius=28),
                children=[label("Sure?"), *field, label("OK", on_tap=("dialog", ""))],
            )  # fmt: skip
            dismiss = None if ctx.ui["dialog"] == "modal" else ("dialog", "")
            windows.append(Window(card, kind="dialog", dismiss=dismiss))
        return Scene(windows)

    def _form(self, ctx):
        values = ctx.data["values"]
        return View(width=MATCH, height=MATCH, layout="column", padding=(16, 16, 16, 16), children=[
            edit("name", values["name"], hint="Name"),
            edit("number", values["number"], hint="Number", keyboard="number"),
            edit("note", values["note"], multiline=True),
            edit("last", values["last"], on_enter=("entered",)),
            *(label(f"go {name}", on_tap=("screen", name), height=48) for name in SCREENS),
            *(label(f"ask {name}", on_tap=("dialog", name), height=48) for name in ("plain", "modal", "ask")),
            *(label(name, on_tap=(name,), height=48) for name in ("start", "toast", "notify")),
        ])  # fmt: skip

    def _search(self, ctx):
        return View(width=MATCH, height=MATCH, children=[edit("query", ctx.data["values"]["query"], autofocus=True)])

    def _list(self, ctx):
        rows = [
            label(f"row {n}", key=f"row{n}", height=64, width=MATCH, on_tap=("row", n),
                  on_swipe={"left": ("drop", n)}, on_long_press=("held", n))
            for n in ctx.data["rows"]
        ]  # fmt: skip
        jump = label("jump", on_tap=("scroll_to", "row30"), height=48)
        scroller = View(width=MATCH, weight=1.0, layout="column", scroll=Scroll("list"), children=rows)
        return View(width=MATCH, height=MATCH, layout="column", children=[jump, scroller])

    def _below(self, ctx):
        rows = [label(f"line {n}", height=64) for n in range(9)]
        field = edit("deep", ctx.data["values"]["last"])
        scroller = View(width=MATCH, weight=1.0, layout="column", scroll=Scroll("deep"), children=[*rows, field])
        return View(width=MATCH, height=MATCH, layout="column", children=[scroller])

    def _pager(self, ctx):
        pages = [View(width=MATCH, height=MATCH, key=f"page{n}", children=[label(f"page {n}")]) for n in range(3)]
        scroll = Scroll("pager", axis="x", page=True, on_page=("page",), start_at=f"page{ctx.ui['page']}")
        return View(width=MATCH, height=MATCH, layout="row", scroll=scroll, children=pages)

    def _touch(self, ctx):
        return View(width=MATCH, height=MATCH, layout="column", children=[
            label("zoomable", height=100, width=MATCH, on_tap=("single",), on_double_tap=("double",)),
            View(height=60, width=MATCH, desc="slider", slide=Slide(("slide",))),
            label("piece", height=100, width=MATCH, on_drag=("moved",)),
            label("off", height=50, width=MATCH, on_tap=("never",), enabled=False),
        ])  # fmt: skip


def box(phone, text):
    """The box of a text, desc or field key in the app's windows, or of any window above."""
    for window in reversed(phone.frame().windows):
        for each in window.root.walk():
            view = each.view
            if text in (view.text, view.desc, view.edit.key if view.edit else None):
                return each
    raise AssertionError(f"no {text!r} on the screen")


def center(phone, text):
    left, top, right, bottom = box(phone, text).visible
    return (left + right) / 2, (top + bottom) / 2


def tap(phone, text):
    phone.tap(*center(phone, text))


def values(phone):
    return phone.state["apps"]["probe"]["values"]


def log(phone):
    return phone.state["apps"]["probe"]["log"]


def offset(phone, scroller):
    return phone.state["scroll"]["probe"].get(scroller, 0)
