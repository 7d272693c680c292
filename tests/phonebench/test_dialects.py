"""Parsers of model text: whatever comes in, an action or BadAction comes out; what they render they read back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from phonebench.agent import marks
from phonebench.agent.dialects import DIALECTS, make_dialect
from phonebench.agent.dialects.base import View
from phonebench.schema.action import (
    ACTION,
    Action,
    DoubleTap,
    Finish,
    Launch,
    LongPress,
    Note,
    Point,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.errors import BadAction, ConfigError
from phonebench.schema.observation import Bounds, UiNode

W, H = 1440, 3120
MARKS = tuple(Bounds(x, y, x + 200, y + 100) for y in range(200, 2800, 400) for x in (40, 700))
VIEW = View(png=b"", width=W, height=H, app="com.example", marks=MARKS)


def at(x: int, y: int) -> Point:
    """The pixel of a point on the grid of 1000."""
    return Point(x=int(x * W / 1000), y=int(y * H / 1000))


AUTOGLM: list[tuple[str, Action]] = [
    ('do(action="Tap", element=[500,250])', Tap(at=at(500, 250))),
    ('<think>go</think><answer>do(action="Tap", element=[500,250])</answer>', Tap(at=at(500, 250))),
    ('<think>go</think>\n<answer>\ndo(action="Tap", element=[500,250])\n', Tap(at=at(500, 250))),
    ('The bell is there. do(action="Tap", element=[1,2]) and then do(action="Back")', Tap(at=at(1, 2))),
    ("do(action='Tap', element=(500, 250))", Tap(at=at(500, 250))),
    ('do(action="Tap", element=[100,200,300,400])', Tap(at=at(200, 300))),
    ('do(action="Tap", element=[999,5000])', Tap(at=Point(x=1438, y=3119))),
    ('do(action="Tap", element=[500,250], message="pays 5 EUR")', Tap(at=at(500, 250), sensitive="pays 5 EUR")),
    ('do(action="Tap", element=[500,250]', Tap(at=at(500, 250))),
    ('```python\ndo(action="Long Press", element=[5,6])\n```', LongPress(at=at(5, 6))),
    ('do(action="long_press", element=[5,6])', LongPress(at=at(5, 6))),
    ('do(action="Double Tap", element=[5,6])', DoubleTap(at=at(5, 6))),
    ('do(action="Swipe", start=[500,800], end=[500,200])', Swipe(start=at(500, 800), end=at(500, 200))),
    ('do(action="Type", text="hello")', TypeText(text="hello")),
    ('do(action="Type_Name", text="Ann")', TypeText(text="Ann")),
    ('do(action="Type", text="a "quoted" word")', TypeText(text='a "quoted" word')),
    ('do(action="Type", text="two\nlines")', TypeText(text="two\nlines")),
    ('do(action="Type", text="it\'s (really) fine")', TypeText(text="it's (really) fine")),
    ("do（action=“Type”，text=“你好，世界（一）”）", TypeText(text="你好，世界（一）")),
    ('do(action="Type", text="$(rm -rf /); `id` | cat")', TypeText(text="$(rm -rf /); `id` | cat")),
    ('do(action="Launch", app="Clock")', Launch(app="Clock")),
    ('do(action="Back")', PressKey(key="back")),
    ('do(action="Home")', PressKey(key="home")),
    ('do(action="Wait", duration="2 seconds")', Wait(seconds=2)),
    ('do(action="Wait", duration="99999 seconds")', Wait(seconds=60)),
    ('do(action="Wait")', Wait(seconds=1)),
    ('do(action="Take_over", message="log in")', TakeOver(message="log in")),
    ('do(action="Interact")', TakeOver()),
    ('do(action="Note", message="True")', Note(text="True")),
    ('do(action="Call_API", instruction="sum up")', Note(text="sum up")),
    ('finish(message="It is 15:00.")', Finish(answer="It is 15:00.")),
    ('finish(message="He said "yes"")', Finish(answer='He said "yes"')),
    ("finish()", Finish()),
    ('finish("done")', Finish(answer="done")),
    ('do(action="finish", message="ok")', Finish(answer="ok")),
]

SOM: list[tuple[str, Action]] = [
    ("tap(3)", Tap(at=Point(x=140, y=650))),
    ("I see the bell.\nAction: tap(3)", Tap(at=Point(x=140, y=650))),
    ("I could tap(1) but prefer\n\ntap(3)", Tap(at=Point(x=140, y=650))),
    ("```\ntap(index=3)\n```", Tap(at=Point(x=140, y=650))),
    ("<REASONING>x</REASONING><CALLED_FUNCTION>tap(3)</CALLED_FUNCTION>", Tap(at=Point(x=140, y=650))),
    ('tap("3")', Tap(at=Point(x=140, y=650))),
    ("long_press(3)", LongPress(at=Point(x=140, y=650))),
    ('text("hello")', TypeText(text="hello")),
    ('text("say "hi" twice")', TypeText(text='say "hi" twice')),
    ('text(text="x")', TypeText(text="x")),
    ('swipe(3, "up", "medium")', Swipe(start=Point(x=140, y=650), end=Point(x=140, y=74))),
    ('swipe(3, "right")', Swipe(start=Point(x=140, y=650), end=Point(x=428, y=650))),
    ('swipe(3, "left", "long")', Swipe(start=Point(x=140, y=650), end=Point(x=0, y=650))),
    ("back()", PressKey(key="back")),
    ("home()", PressKey(key="home")),
    ("wait(2)", Wait(seconds=2)),
    ("wait()", Wait(seconds=1)),
    ('finish("The answer is 6.")', Finish(answer="The answer is 6.")),
    ("finish()", Finish()),
]


@pytest.mark.parametrize(("reply", "action"), AUTOGLM)
def test_autoglm(reply: str, action: Action) -> None:
    assert make_dialect("autoglm").parse(reply, VIEW).action == action


@pytest.mark.parametrize(("reply", "action"), SOM)
def test_som(reply: str, action: Action) -> None:
    assert make_dialect("som").parse(reply, VIEW).action == action


@pytest.mark.parametrize(
    ("dialect", "reply", "said"),
    [
        ("autoglm", "", "the reply is empty"),
        ("autoglm", "I do not know what to do.", "no do(action=...)"),
        ("autoglm", 'do(action="Fly")', "no action 'Fly'"),
        ("autoglm", 'do(action="Tap")', "lacks what it needs: 'element'"),
        ("autoglm", 'do(action="Tap", element="here")', "a point is"),
        ("autoglm", 'do(action="Tap", element=[True, 1])', "not a number"),
        ("autoglm", 'do(action="Tap", element=[1e999, 1])', "not a number"),
        ("autoglm", 'do(action="Tap", element=[__import__("os").getpid(), 1])', "lacks"),
        ("som", "tap(99)", "there is no mark 99; the screen has 1 to 14"),
        ("som", "tap()", "index is missing"),
        ("som", "tap(-1)", "whole number"),
        ("som", 'swipe(1, "sideways")', "no swipe"),
        ("som", "tapping(3)", "no function call"),
    ],
)
def test_no_action(dialect: str, reply: str, said: str) -> None:
    with pytest.raises(BadAction) as raised:
        make_dialect(dialect).parse(reply, VIEW)
    assert said in str(raised.value)
    assert raised.value.reply == reply


def test_thoughts() -> None:
    dialect = make_dialect("autoglm")
    assert dialect.parse('<think> a b </think><answer>do(action="Back")</answer>', VIEW).thought == "a b"
    assert dialect.parse('First this.\ndo(action="Back")', VIEW).thought == "First this."
    assert make_dialect("som").parse("I go back.\nAction: back()", VIEW).thought == "I go back."


def test_unknown_dialect() -> None:
    with pytest.raises(ConfigError, match="did you mean 'autoglm'"):
        make_dialect("autoglmm")


FRAGMENTS = st.sampled_from(
    [
        *("do(", "finish(", "action=", '"Tap"', '"Type"', "element=", "[1,2]", "text=", "message=", '"', "'", ")", "("),
        *(
            "[",
            "]",
            "\n",
            "<answer>",
            "</answer>",
            "<think>",
            "```",
            "“",
            "”",
            "（",
            "，",
            "tap(",
            "text(",
            "swipe(",
            "1",
        ),
        *(",", "\\", "up", "Action:", "back()", "1e999", "\x00", "{", "}", "#", "=", "*", "lambda:0", "0x", "\ud800"),
    ]
)
HOSTILE = st.text(max_size=120) | st.lists(FRAGMENTS, max_size=40).map("".join)


@settings(deadline=None)
@given(HOSTILE)
def test_any_text_gives_an_action_or_bad_action(reply: str) -> None:
    for name in DIALECTS:
        try:
            action = make_dialect(name).parse(reply, VIEW).action
        except BadAction:
            continue
        assert ACTION.validate_python(action.model_dump()) == action
        for value in action.model_dump().values():
            if isinstance(value, dict):
                assert 0 <= value["x"] < W
                assert 0 <= value["y"] < H


def test_marks_are_where_things_can_be_touched() -> None:
    def node(box: tuple[int, int, int, int], children: tuple[UiNode, ...] = (), **flags: Any) -> UiNode:
        return UiNode(Bounds(*box), children=children, **flags)

    button = node((100, 100, 300, 200), clickable=True)
    twin = node((110, 105, 295, 200), focusable=True)
    off = node((100, 300, 300, 400), clickable=True, enabled=False)
    field = node((100, 500, 1340, 600), focusable=True)
    outside = node((1400, 700, 2000, 800), clickable=True)
    gone = node((1500, 900, 2000, 990), clickable=True)
    sliver = node((100, 1500, 300, 1503), clickable=True)
    root = node((0, 0, W, H), (button, twin, off, field, outside, gone, sliver))
    chosen = marks.choose(root, W, H)
    assert chosen == [Bounds(100, 100, 300, 200), Bounds(100, 500, 1340, 600), Bounds(1400, 700, W, 800)]


def test_drawn_marks_change_the_picture_and_nothing_else() -> None:
    out = io.BytesIO()
    Image.new("RGB", (W, H), "white").save(out, "PNG")
    drawn = marks.draw(out.getvalue(), MARKS)
    assert drawn == marks.draw(out.getvalue(), MARKS)
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.size == (W, H)
        assert image.getpixel((MARKS[0].left, MARKS[0].bottom - 1)) != (255, 255, 255)
        assert image.getpixel((W // 2, H - 10)) == (255, 255, 255)
