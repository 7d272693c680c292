from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st
from ui_views import PACKAGE, SMALL, dialog, framed, label, sample, views

from simphone.ui.frame import Frame
from simphone.ui.hierarchy import dump
from simphone.ui.view import MATCH, Edit, TextStyle, View, Window

ATTRIBUTES = [
    "index", "text", "resource-id", "class", "package", "content-desc", "checkable", "checked", "clickable", "enabled",
    "focusable", "focused", "scrollable", "long-clickable", "password", "selected", "bounds",
]  # fmt: skip


def tree(*windows: Window, focus: str | None = None, **offsets: int) -> ET.Element:
    return ET.fromstring(dump(framed(*windows, offsets=offsets), focus))


def bounds(node: ET.Element) -> tuple[int, ...]:
    found = re.fullmatch(r"\[(\d+),(\d+)\]\[(\d+),(\d+)\]", node.attrib["bounds"])
    assert found is not None
    return tuple(map(int, found.groups()))


@settings(max_examples=60, deadline=None)
@given(views)
def test_every_node_has_all_attributes_in_order_and_visible_nested_bounds(view: View) -> None:
    root = tree(Window(view))
    assert root.attrib == {"rotation": "0"}
    parents = {child: parent for parent in root.iter() for child in parent}
    for node in root.iter("node"):
        assert list(node.attrib) == ATTRIBUTES
        left, top, right, bottom = bounds(node)
        assert left < right and top < bottom
        if parents[node].tag == "node":
            outer = bounds(parents[node])
            assert outer[0] <= left and outer[1] <= top and right <= outer[2] and bottom <= outer[3]
    for parent in root.iter():
        assert [int(child.attrib["index"]) for child in parent] == list(range(len(parent)))


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_survives_or_becomes_dots(text: str, desc: str) -> None:
    root = tree(Window(View(text=text, desc=desc)))
    node = root[0]
    assert len(node.attrib["text"]) == len(text)
    assert all(b in (a, ".") for a, b in zip(text, node.attrib["text"], strict=True))
    assert all(a == b for a, b in zip(desc, node.attrib["content-desc"], strict=True) if a.isprintable())


def test_the_document_is_written_as_android_does() -> None:
    xml = dump(framed(Window(View(text='a "b" & <c>\n😀'))), None)
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    assert xml.startswith(head + '<hierarchy rotation="0"><node index="0" text=')
    assert "text='a \"b\" &amp; &lt;c&gt;&#10;&#128512;'" in xml
    assert xml.endswith(' bounds="[0,31][540,1169]" /></hierarchy>')
    assert "\n" not in xml


def test_ids_hints_passwords_focus_and_natural_flags() -> None:
    fields = [
        View(
            cls="android.widget.EditText",
            id="first",
            edit=Edit("first", ("f",), hint="Name"),
            style=TextStyle(),
            width=MATCH,
        ),
        View(id="android:id/pin", text="1234", password=True, edit=Edit("pin", ("p",)), style=TextStyle(), width=MATCH),
        View(text="row", width=MATCH, height=20, on_long_press=("l",)),
        View(text="flat", width=MATCH, height=20, clickable=True, focusable=False, enabled=False, selected=True),
    ]
    first, pin, row, flat = tree(Window(View(layout="column", children=fields)), focus="pin")[0]
    assert first.attrib["resource-id"] == f"{PACKAGE}:id/first" and first.attrib["text"] == "Name"
    assert pin.attrib["resource-id"] == "android:id/pin" and pin.attrib["text"] == "••••"
    flags = ("clickable", "long-clickable", "focusable", "focused", "password", "enabled", "selected", "checkable")
    assert [pin.attrib[f] for f in flags] == ["true", "true", "true", "true", "true", "true", "false", "false"]
    assert [first.attrib["focused"], first.attrib["package"]] == ["false", PACKAGE]
    assert [row.attrib[f] for f in flags[:3]] == ["false", "true", "false"]
    assert [flat.attrib[f] for f in flags] == ["true", "false", "false", "false", "false", "false", "true", "false"]


def test_views_outside_the_tree_give_their_children_and_hidden_ones_are_left_out() -> None:
    inner = View(in_tree=False, layout="row", children=[label("one"), label("two")])
    root = tree(Window(View(layout="column", children=[label("zero"), inner, View(), label("three")])))
    assert [node.attrib["text"] for node in root[0]] == ["zero", "one", "two", "three"]
    assert [node.attrib["index"] for node in root[0]] == ["0", "1", "2", "3"]


def test_only_the_active_window_is_told() -> None:
    root = tree(sample(), dialog())
    assert [node.attrib["text"] for node in root.iter("node") if node.attrib["text"]] == ["Delete?", "OK"]
    assert dump(Frame(SMALL, [], 0), None).endswith('<hierarchy rotation="0"></hierarchy>')


def test_a_scroller_is_scrollable_when_it_holds_more_than_it_shows_and_cuts_its_rows() -> None:
    def scroller(rows: int, **offsets: int) -> ET.Element:
        found = tree(sample(rows), **offsets).find(".//node[@resource-id='com.example.app:id/list']")
        assert found is not None
        return found

    assert scroller(2).attrib["scrollable"] == "false"
    long = scroller(60, list=10)
    assert long.attrib["scrollable"] == "true"
    assert bounds(long[0])[1] == bounds(long)[1]
    assert bounds(long[-1])[3] == bounds(long)[3]
    assert len(long) < 60 and SMALL.height > bounds(long)[3]
