"""Parsing what phones tell; any input gives a value or a typed error."""

from __future__ import annotations

import contextlib
import io
import re
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from phonebench.device import keyboard
from phonebench.device.apps import _aliases, package_of
from phonebench.device.parse import parse_focus, png_size
from phonebench.schema.errors import DeviceError, UiDumpError
from phonebench.schema.observation import Bounds
from phonebench.uitree import MAX_DEPTH, app_names, parse_ui

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"


def node(inner: str = "", **attributes: str) -> str:
    given = {"bounds": "[0,0][10,20]"} | {k.replace("_", "-"): v for k, v in attributes.items()}
    return "<node " + " ".join(f"{k}={quoteattr(v)}" for k, v in given.items()) + f">{inner}</node>"


def hierarchy(inner: str) -> str:
    return f'{HEAD}<hierarchy rotation="0">{inner}</hierarchy>'


# --- UI dumps ------------------------------------------------------------------------------------------------------
def test_attributes_and_children():
    child = node(text="Add", content_desc="plus", bounds="[1,2][3,4]", checked="true", resource_id="a:id/b")
    root = parse_ui(hierarchy(node(child, **{"class": "android.widget.FrameLayout"})))
    assert root is not None
    (only,) = root.children
    assert (root.cls, only.text, only.desc, only.bounds) == (
        "android.widget.FrameLayout",
        "Add",
        "plus",
        Bounds(1, 2, 3, 4),
    )
    assert only.checked
    assert not only.clickable
    assert only.enabled


def test_no_node_and_several():
    assert parse_ui(hierarchy("")) is None
    root = parse_ui(hierarchy(node() + node(bounds="[5,5][30,7]")))
    assert root is not None
    assert root.bounds == Bounds(0, 0, 30, 20)
    assert len(root.children) == 2


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_any_text_survives(text):
    root = parse_ui(hierarchy(node(text=text)))
    assert root is not None
    # XML normalises line ends and tabs in attributes; the two noncharacters are no XML at all.
    assert root.text == text


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "no xml",
        "<html/>",
        hierarchy("<node/>"),
        hierarchy(node(bounds="[a,b][c,d]")),
        hierarchy(node())[:-5],
        HEAD + '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><hierarchy>&b;</hierarchy>',
        HEAD + '<!DOCTYPE x SYSTEM "file:///etc/passwd"><hierarchy/>',
        hierarchy(node() * 0 + "<node bounds='[0,0][1,1]'>" * (MAX_DEPTH + 1) + "</node>" * (MAX_DEPTH + 1)),
        hierarchy("<node bounds='[0,0][1,1]'/>" * 50_001),
        "ERROR: could not get idle state.",
        "\x00",
        "\ud800",
    ],
    ids=range(13),
)
def test_hostile_dumps(hostile):
    with pytest.raises(UiDumpError):
        parse_ui(hostile)


@given(data=st.text(max_size=300) | st.text('<>/node bounds="[]0,&;hierarchy?!', max_size=300))
def test_any_dump_is_a_tree_or_a_typed_error(data):
    with contextlib.suppress(UiDumpError):
        parse_ui(data)


APP = "mFocusedApp=ActivityRecord{7f u0 com.a/.M t1}"


# --- focus ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "focus"),
    [
        ("  mCurrentFocus=Window{1a2b u0 com.a.b/com.a.b.Main}", ("com.a.b", "com.a.b.Main")),
        ("  mFocusedApp=ActivityRecord{7f u0 com.a/.Main t12}", ("com.a", "com.a.Main")),
        (
            "mFocusedApp=ActivityRecord{7f u0 com.a/.M t1}\nmCurrentFocus=Window{1 u0 com.b/com.b.N}",
            ("com.b", "com.b.N"),
        ),
        (
            "mFocusedApp=ActivityRecord{7f u0 com.a/.M t1}\nmCurrentFocus=Window{1 u0 NotificationShade}",
            ("com.a", "com.a.M"),
        ),
        ("  mCurrentFocus=null\n  mFocusedApp=null", ("", "")),
        ("", ("", "")),
    ],
)
def test_focus(told, focus):
    assert parse_focus(told) == focus


@given(st.text(max_size=200))
def test_any_focus_text(text):
    assert len(parse_focus("mCurrentFocus=" + text)) == 2


# --- screenshots ---------------------------------------------------------------------------------------------------
def png(width: int = 8, height: int = 5) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def test_png_size():
    assert png_size(png()) == (8, 5)


@given(cut=st.integers(0, len(png()) - 1))
def test_a_truncated_screenshot_is_an_error(cut):
    with pytest.raises(DeviceError):
        png_size(png()[:cut])


@given(st.binary(max_size=100))
def test_no_screenshot_at_all(data):
    with pytest.raises(DeviceError):
        png_size(data)


# --- typing --------------------------------------------------------------------------------------------------------
def test_a_per_cent_s_is_no_blank():
    assert keyboard.input_text("100%s x", clear=False) == "input text 100% && input text s%sx"


@given(text=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
def test_input_text_types_what_was_asked(text):
    import shlex

    typed = ""
    for command in keyboard.input_text(text, clear=False).split(" && input text "):
        if command:
            words = shlex.split(command.removeprefix("input text "))
            typed += "".join(words).replace("%s", " ")
    if " && " not in text:
        assert typed == text


# --- apps ----------------------------------------------------------------------------------------------------------
INSTALLED = {"com.google.android.deskclock", "us.zoom.videomeetings", "com.android.settings", "org.example.odd"}


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("Clock", "com.google.android.deskclock"),
        ("clock app", "com.google.android.deskclock"),
        ("时钟", "com.google.android.deskclock"),
        ("Zoom Meetings", "us.zoom.videomeetings"),
        ("Setings", "com.android.settings"),
        ("org.example.odd", "org.example.odd"),
        ("org.example.missing", None),
        ("Chrome", None),
        ("", None),
        ("$(reboot)", None),
    ],
)
def test_app_names(name, package):
    assert package_of(name, INSTALLED) == package


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("spotify", "com.spotify.music"),  # a part of a package name
        ("微信", "com.tencent.mm"),
        ("Googel Docs", "com.google.android.apps.docs.editors.docs"),
        ("frontier", "org.frontier.one"),
        ("Foo", None),  # two packages have it
        ("google", None),  # a part of too many
        ("Samsun Notes", "com.samsung.android.app.notes"),
        ("notes", "com.samsung.android.app.notes"),  # an exact name of two: the first in the table
        ("Goggle Sheet", None),  # Sheets, or Slides? near, and no better than another
    ],
)
def test_names_of_many_apps(name, package):
    installed = {
        "com.spotify.music", "com.tencent.mm", "com.google.android.apps.docs.editors.docs", "a.foo.b", "c.foo.d",
        "com.google.android.apps.docs", "com.samsung.android.app.notes", "com.google.android.keep", "org.frontier.one",
    }  # fmt: skip
    assert package_of(name, installed) == package


def test_near_misses_of_two_apps_are_no_guess():
    table = {"com.example.reader": ("Readers",), "com.example.readme": ("Readern",)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("phonebench.device.apps.app_names", lambda: table)
        _aliases.cache_clear()
        assert package_of("Readerx", set(table)) is None
        assert package_of("Readers", set(table)) == "com.example.reader"
    _aliases.cache_clear()


def test_the_table_holds_names_only():
    for package, names in app_names().items():
        assert re.fullmatch(r"[A-Za-z]\w*(\.\w+)+", package)
        assert names
        assert all(isinstance(name, str) and name for name in names)
