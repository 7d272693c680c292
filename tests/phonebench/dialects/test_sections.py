"""What openphone and androidlab_xml keep of a reply, and how they are asked: their own ways beside the calls."""

from __future__ import annotations

import pytest
from screens import app_screens
from spoken import VIEW

from phonebench.agent.dialects import make_dialect
from phonebench.schema.action import Action, PressKey, Swipe, Tap
from phonebench.schema.errors import BadAction
from phonebench.schema.observation import Bounds

BELL = Tap(at={"x": 140, "y": 650})

WHOLE = """\
<REASONING>
The alarm is off; tap(1) would open it.
</REASONING>
<HISTORICAL_REFLECTION>
Nothing went wrong.
</HISTORICAL_REFLECTION>
<STATE_ASSESSMENT>
Current State: the list of alarms is open
Required Change: 7:30 must be on
</STATE_ASSESSMENT>
<CALLED_FUNCTION>
tap(3)
</CALLED_FUNCTION>"""
NOTES = "Current State: the list of alarms is open Required Change: 7:30 must be on"

OPENPHONE: list[tuple[str, Action, str]] = [
    (WHOLE, BELL, NOTES),
    (WHOLE.replace("</STATE_ASSESSMENT>", "").replace("</CALLED_FUNCTION>", ""), BELL, NOTES),
    (WHOLE.replace("STATE_ASSESSMENT", "STATE_ASSESMENT").replace("CALLED_FUNCTION", "CALL FUNCTION"), BELL, NOTES),
    (WHOLE.lower(), BELL, NOTES.lower()),
    (WHOLE.replace("tap(3)", "```python\ntap(3)\n```"), BELL, NOTES),
    (
        "<STATE_ASSESSMENT>at home\nAction: tap(1)</STATE_ASSESSMENT><CALLED_FUNCTION>tap(3)",
        BELL,
        "at home Action: tap(1)",
    ),
    ("<STATE_ASSESSMENT>at home</STATE_ASSESSMENT>\nAction: tap(3)", BELL, "at home"),
    ("I go back.\nback()", PressKey(key="back"), "I go back. back()"),
    ("<CALLED_FUNCTION>tap(3)", BELL, "tap(3)"),
]


@pytest.mark.parametrize(("reply", "action", "kept"), OPENPHONE)
def test_openphone_reads_bent_sections(reply: str, action: Action, kept: str) -> None:
    dialect = make_dialect("openphone")
    parsed = dialect.parse(reply, VIEW)
    assert parsed.action == action
    assert "<" not in parsed.thought
    assert dialect.remembered(reply, VIEW) == kept


def test_what_openphone_remembers_is_short() -> None:
    dialect = make_dialect("openphone")
    for reply in (f"<STATE_ASSESSMENT>{'on and on ' * 5000}", "x " * 50_000):
        assert len(dialect.remembered(reply, VIEW)) < 900


def test_openphones_cloud_models_look_back() -> None:
    for language in ("en", "zh"):
        plain, cloud = (make_dialect("openphone", {"reflection": on}).system_prompt(language) for on in (False, True))  # type: ignore[arg-type]
        assert "HISTORICAL_REFLECTION" not in plain
        assert "HISTORICAL_REFLECTION" in cloud
        assert "tap(index)" in plain


XML: list[tuple[str, Action]] = [
    ('do(action="Tap", element=[40,200,240,300])', Tap(at={"x": 140, "y": 250})),
    ('```\ndo(action="Tap", element=[140,250])\n```', Tap(at={"x": 140, "y": 250})),
    ('do(action="Tap", element="[40,200][240,300]")', Tap(at={"x": 140, "y": 250})),
    ('do(action="Swipe", direction="up", dist="short")', Swipe(start={"x": 540, "y": 1200}, end={"x": 540, "y": 984})),
    ('do(action="Swipe", direction="down")', Swipe(start={"x": 540, "y": 1200}, end={"x": 540, "y": 1632})),
    (
        'do(action="Swipe", element=[40,200,240,300], direction="right", dist="long")',
        Swipe(start={"x": 140, "y": 250}, end={"x": 1079, "y": 250}),
    ),
    ('do(action="Enter")', PressKey(key="enter")),
]


@pytest.mark.parametrize("variant", ["plain", "react", "seeact"])
@pytest.mark.parametrize(("reply", "action"), XML)
def test_androidlab_reads_rectangles(reply: str, action: Action, variant: str) -> None:
    dialect = make_dialect("androidlab_xml", {"variant": variant})
    assert dialect.parse(reply, VIEW).action == action
    parsed = dialect.parse(f"The row is there.\n{reply}", VIEW)
    assert (parsed.action, parsed.thought) == (action, "The row is there.")


@pytest.mark.parametrize("number", ["2", '"2"', "[2]", "(2)", '"2."'])
def test_seeact_takes_the_number_of_an_element(number: str) -> None:
    dialect = make_dialect("androidlab_xml", {"variant": "seeact"})
    reply = f'do(action="Long Press", element={number})'
    mark: Bounds = VIEW.marks[1]
    assert dialect.parse(reply, VIEW).action.model_dump()["at"] == dict(zip("xy", mark.center, strict=True))
    for far in ("0", "999", "one"):
        with pytest.raises(BadAction):
            dialect.parse(f'do(action="Tap", element="{far}")', VIEW)
    with pytest.raises(BadAction):
        make_dialect("androidlab_xml").parse(reply, VIEW)


def test_seeact_lists_what_can_be_acted_on() -> None:
    dialect = make_dialect("androidlab_xml", {"variant": "seeact"})
    assert make_dialect("androidlab_xml").follow_up("x", VIEW, "en") is None
    for screen in app_screens():
        view = dialect.look(screen.observation)
        question = dialect.follow_up("x", view, "en")
        assert question is not None
        listed = [line for line in question.splitlines() if line.partition(".")[0].isdigit()]
        assert 0 < len(listed) <= 150, screen.where
        for number in (1, len(listed)):
            at = dialect.parse(f'do(action="Tap", element={number})', view).action.model_dump()["at"]
            left, top, right, bottom = map(
                int, listed[number - 1].rpartition(" ")[2][1:-1].replace("][", ",").split(",")
            )
            assert (at["x"], at["y"]) == ((left + right) // 2, (top + bottom) // 2)


def test_androidlab_is_told_the_tree_and_no_picture() -> None:
    dialect = make_dialect("androidlab_xml")
    screen = next(screen for screen in app_screens() if screen.where == "zoom 0")
    text = dialect.observation_text(dialect.look(screen.observation), "en")
    assert text.startswith("App in front: Zoom.\n")
    assert 'Button "Join a meeting" tap [84,1833][996,1959]' in text
    assert not dialect.wants_image
