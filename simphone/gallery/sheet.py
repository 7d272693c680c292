"""Task files in, pictures out: each screen once per theme, a contact sheet per app, one HTML page over all."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from PIL import Image

from simphone.gallery.script import NotFoundError, play
from simphone.phone.phone import Phone
from simphone.phone.world import UnknownWorld

THEMES: Final = ("light", "dark")
_DARK: Final = {"settings": {"secure": {"ui_night_mode": "2"}}}
_SHRINK: Final = 3
_COLUMNS: Final = 8
_GAP: Final = 12
_HEAD: Final = """<!doctype html><meta charset="utf-8"><title>simphone gallery</title><style>
body{font:15px system-ui,sans-serif;margin:1.5rem;background:#f3f4f6;color:#1f2937}
@media (prefers-color-scheme:dark){body{background:#111827;color:#e5e7eb}}
h2{margin:2rem 0 .5rem}figure{display:inline-block;margin:0 .75rem .75rem 0;vertical-align:top;width:12rem}
img{width:100%;border-radius:.6rem;box-shadow:0 1px 4px #0006}figcaption{font-size:.75rem;overflow-wrap:anywhere}
</style><h1>Every screen that the solutions pass</h1><p>Simulated phone. {count} screens.</p>
"""


@dataclass(slots=True)
class Shown:
    """The screens of one app in one theme: PNG bytes by where they came from, equal ones once."""

    app: str
    theme: str
    screens: dict[bytes, str] = field(default_factory=dict)

    def add(self, png: bytes, where: str) -> None:
        """Keep a screen under the first place it was seen at."""
        self.screens.setdefault(png, where)


class GalleryError(Exception):
    """Nothing to show: no task files, or a script that does not fit the phone."""


def write_gallery(tasks: Path, out: Path, *, size: tuple[int, int, int], tell: Callable[[str], None]) -> Path:
    """Plays all solutions below `tasks` and writes `out`; returns the HTML page. `size` is width, height px and dpi.

    Raises GalleryError.
    """
    files = sorted(tasks.rglob("*.yaml")) if tasks.is_dir() else [tasks]
    if not files or not all(path.is_file() for path in files):
        raise GalleryError(f"no task files in {tasks}; name them with --tasks")
    out.mkdir(parents=True, exist_ok=True)
    shown: list[Shown] = []
    for path in files:
        content = yaml.load(path.read_text("utf-8"), _TextLoader)  # noqa: S506 - a SafeLoader without its booleans
        for theme in THEMES:
            screens = _play_all(content, path.parent.name, theme, size)
            _contact_sheet(screens, out)
            tell(f"{screens.app} {theme}: {len(screens.screens)} screens")
            shown.append(screens)
    return _page(shown, out)


class _TextLoader(yaml.SafeLoader):
    """YAML in which `on` and `off` are words, as in the harness that wrote the tasks."""


def _resolvers() -> dict[str, list[tuple[str, Any]]]:
    plain = yaml.SafeLoader.yaml_implicit_resolvers
    return {
        first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, rules in plain.items()
    }


_TextLoader.yaml_implicit_resolvers = _resolvers()


def _play_all(content: Mapping[str, Any], world: str, theme: str, size: tuple[int, int, int]) -> Shown:
    shown = Shown(content["app"], theme)
    try:
        phone = Phone(world, width=size[0], height=size[1], density=size[2])
    except UnknownWorld as error:
        raise GalleryError(str(error)) from error
    for task in content["tasks"]:
        phone.reset(world, _merged(task.get("setup") or {}, _DARK if theme == "dark" else {}))
        phone.launch(content["package"])
        shown.add(phone.png(), f"{task['id']} start")
        try:
            for number, _ in enumerate(play(phone, task.get("solution") or ()), 1):
                shown.add(phone.png(), f"{task['id']} step {number}")
        except NotFoundError as error:
            raise GalleryError(f"{task['id']} ({theme}): {error}") from error
    return shown


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(one)
    for key, value in other.items():
        inner = merged.get(key)
        merged[key] = _merged(inner, value) if isinstance(inner, Mapping) and isinstance(value, Mapping) else value
    return merged


def _contact_sheet(shown: Shown, out: Path) -> None:
    pictures = [Image.open(io.BytesIO(png)).reduce(_SHRINK) for png in shown.screens]
    width, height = pictures[0].size
    rows = -(-len(pictures) // _COLUMNS)
    size = (_COLUMNS * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
    sheet = Image.new("RGB", size, "#808080")
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (_GAP + number % _COLUMNS * (width + _GAP), _GAP + number // _COLUMNS * (height + _GAP)))
    sheet.save(out / f"{shown.app}-{shown.theme}.png")


def _page(shown: Sequence[Shown], out: Path) -> Path:
    page = out / "index.html"
    count = sum(len(one.screens) for one in shown)
    page.write_text(_HEAD.replace("{count}", str(count)) + "".join(_figures(shown, out)), "utf-8")
    return page


def _figures(shown: Sequence[Shown], out: Path) -> Iterator[str]:
    for one in shown:
        folder = out / one.app / one.theme
        folder.mkdir(parents=True, exist_ok=True)
        yield f"<h2>{html.escape(one.app)}, {one.theme}</h2>\n"
        for number, (png, where) in enumerate(one.screens.items()):
            path = folder / f"{number:03}.png"
            path.write_bytes(png)
            link = html.escape(path.relative_to(out).as_posix())
            caption = html.escape(where)
            image = f'<img loading="lazy" src="{link}" alt="{caption}">'
            yield f'<figure><a href="{link}">{image}</a><figcaption>{caption}</figcaption></figure>\n'
