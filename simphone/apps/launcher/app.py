"""Home screen, drawer of all apps, and starting an app from either."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from simphone.apps import all_apps, launcher_intent
from simphone.apps.launcher import wallpaper
from simphone.core.app import Ctx, Intent, Manifest
from simphone.core.dates import short_date
from simphone.ui.pictures import register_picture
from simphone.ui.view import MATCH, Color, Paint, Picture, Scene, TextStyle, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, GROUP, column, frame, grid_view, row, space
from simphone.widgets.fields import search_field
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, Handler, ScreenFn, StackApp, go, keep, key
from simphone.widgets.text import text

CATEGORY_HOME: Final = "android.intent.category.HOME"
COLUMNS: Final = 5
HOTSEAT: Final = (
    "com.google.android.dialer",
    "com.google.android.apps.messaging",
    "com.android.chrome",
    "com.google.android.gm",
    "com.google.android.contacts",
    "com.google.android.deskclock",
    "us.zoom.videomeetings",
    "com.android.settings",
)
"""Who stands on the home screen, best first; the first five that this phone has."""


def launchable(ctx: Ctx) -> dict[str, Manifest]:
    """Package -> manifest of the installed apps that can be opened, in the order of their labels."""
    packages = ctx.system.state["packages"]
    found = [app.manifest for app in all_apps() if app.manifest.launchable and app.manifest.package in packages]
    return {manifest.package: manifest for manifest in sorted(found, key=lambda each: each.label.casefold())}


# --- views ----------------------------------------------------------------------------------------------------------
def home(ctx: Ctx, _entry: Entry) -> Scene:
    """Wallpaper, date, favourite apps, search bar."""
    apps, now, sky = launchable(ctx), ctx.system.now(), wallpaper.SKY[ctx.system.dark]
    favourites = [apps[package] for package in HOTSEAT if package in apps][:COLUMNS]
    date = short_date(now)
    glance = text(
        ctx.theme,
        date,
        size=22,
        color="#ffffff",
        id="clock",
        margin=(28, 44, 28, 0),
        desc=date,
        cls="android.widget.TextView",
    )
    hotseat = row(
        *(_app_icon(manifest, "#ffffff", labelled=False) for manifest in favourites),
        id="hotseat",
        cls=GROUP,
        padding=(14, 0, 14, 0),
    )
    search = row(
        View(in_tree=False, width=24, height=24, picture=Picture("icon", "search", "#ffffff", 24)),
        text(ctx.theme, "Search", size=16, color="#ffffff"),
        space(weight=1.0),
        icon(ctx.theme, "mic", color="#ffffff", in_tree=False),
        id="search_container_hotseat",
        cls=FRAME,
        desc="Search",
        on_tap=go("drawer", typing=True),
        height=56,
        gap=16,
        margin=(20, 20, 20, 28),
        padding=(20, 0, 20, 0),
        paint=Paint(fill="#ffffff33", radius=28),
    )
    content = column(
        glance,
        space(weight=1.0),
        hotseat,
        search,
        id="workspace",
        height=MATCH,
        on_swipe={"up": go("drawer")},
    )
    picture = View(
        in_tree=False,
        width=MATCH,
        height=MATCH,
        picture=Picture("image", wallpaper.NAME, size=0, args=(ctx.system.dark,)),
    )
    root = frame(picture, content, id="launcher", width=MATCH, height=MATCH)
    scene = nav.page(ctx.theme, root, background=sky[0])
    return replace(scene, status_bar=sky[0], nav_bar=wallpaper.HILLS[ctx.system.dark][-1], dark_icons=False)


def drawer(ctx: Ctx, entry: Entry) -> Scene:
    """All apps by label, narrowed by what is typed into the search field."""
    theme = ctx.theme
    word = str(entry["args"].get("word", ""))
    shown = [each for each in launchable(ctx).values() if word.strip().casefold() in each.label.casefold()]
    field = search_field(
        theme,
        key(entry, "word"),
        word,
        keep("word"),
        hint="Search apps",
        id="fallback_search_view",
        autofocus=bool(entry["args"].get("typing")),
        on_enter=("launch", shown[0].package) if word and shown else None,
    )
    cells = [_app_icon(manifest, theme.on_surface, labelled=True) for manifest in shown]
    grid = grid_view(key(entry, "apps"), COLUMNS, *cells, id="apps_list_view", padding=(14, 8, 14, 24), gap=4)
    nothing = text(
        theme,
        f'No apps found matching "{word}"',
        size=16,
        color=theme.on_surface_soft,
        align="center",
        width=MATCH,
        margin=(24, 48, 24, 0),
    )
    root = column(
        space(height=12),
        field,
        grid if shown else nothing,
        id="apps_view",
        on_swipe={"down": ("nav.back",)},
    )
    return nav.page(theme, root, background=theme.surface)


def _app_icon(manifest: Manifest, ink: Color, *, labelled: bool) -> View:
    """A round icon and its label, one node as in real launchers; the hotseat tells labels but does not draw them."""
    mark = View(
        in_tree=False,
        width=56,
        height=56,
        paint=Paint(fill=manifest.icon_background, radius=28),
        picture=Picture("icon", manifest.icon, manifest.icon_color, 32),
    )
    label = View(
        in_tree=False,
        text=manifest.label,
        width=MATCH,
        margin=(0, 8, 0, 0),
        style=TextStyle(size=13, color=ink, align="center", max_lines=1),
    )
    return View(
        cls="android.widget.TextView",
        id="icon",
        text=manifest.label,
        desc=manifest.label,
        on_tap=("launch", manifest.package),
        long_clickable=True,
        layout="column",
        width=MATCH if labelled else 0,
        weight=0.0 if labelled else 1.0,
        halign="center",
        padding=(0, 10, 0, 10),
        children=[mark, label] if labelled else [mark],
    )


# --- messages -------------------------------------------------------------------------------------------------------
def launch(ctx: Ctx, package: str) -> None:
    """Open an app as its icon does; the drawer is closed behind it."""
    intent = launcher_intent(package)
    if intent is None or not ctx.system.start(intent):
        ctx.system.toast("App isn't installed.")
        return
    nav.reset(ctx, "home")


class Launcher(StackApp):
    """Keeps nothing: what it shows follows from the installed packages."""

    manifest = Manifest(
        name="launcher",
        label="Pixel Launcher",
        package="com.google.android.apps.nexuslauncher",
        activity="com.google.android.apps.nexuslauncher.NexusLauncherActivity",
        icon="home",
        launchable=False,
        version="13",
    )
    first = "home"
    screens: ClassVar[dict[str, ScreenFn]] = {"home": home, "drawer": drawer}
    handlers: ClassVar[dict[str, Handler]] = {"launch": launch}

    def __init__(self) -> None:
        register_picture(wallpaper.NAME, wallpaper.draw)

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """The home key closes the drawer."""
        if CATEGORY_HOME in intent.categories:
            nav.reset(ctx, "home")

    def back(self, ctx: Ctx) -> bool:
        """Back closes the drawer and otherwise does nothing."""
        super().back(ctx)
        return True


APP = Launcher()
