"""What a model types reaches the field as it is, from the reply over the real adb; on the host nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from phonebench.agent.dialects import DIALECTS, make_dialect
from phonebench.agent.dialects.base import View
from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer, Line
from phonebench.device.phone import AdbPhone
from phonebench.schema.action import Point, Tap, TypeText

GMAIL = "com.google.android.gm"
BODY = "composearea_tap_trap_bottom"
SLEEP = "97531"
"""Seconds that a process would sleep if a text were run: long enough to be found."""


def centre(phone: AdbPhone, name: str) -> Point:
    ui = phone.observe().ui
    assert ui is not None
    x, y = next(node for node in ui.walk() if node.resource_id.endswith(f"/{name}")).bounds.center
    return Point(x=x, y=y)


def written(phone: AdbPhone) -> str:
    ui = phone.observe().ui
    assert ui is not None
    return next(node for node in ui.walk() if node.resource_id.endswith(f"/{BODY}")).text


@pytest.fixture
def phone(sim_phone) -> Iterator[AdbPhone]:
    """A phone with the cursor in the body of a new mail, a field of many lines."""
    config = PhoneConfig(kind="attached", adb_server_port=sim_phone.adb.port, serials=(sim_phone.serial,))
    phone = AdbPhone(Line(AdbServer(port=sim_phone.adb.port), sim_phone.serial), config, kind="attached")
    phone.reset(None)
    phone.open_app(GMAIL)
    phone.perform(Tap(at=centre(phone, "compose_button")))
    phone.perform(Tap(at=centre(phone, BODY)))
    yield phone
    phone.release()


def hostile(canary: Path) -> dict[str, str]:
    run = f"touch {canary}; sleep {SLEEP}"
    return {
        "quotes": """it's "quoted" ''' \"\"\" \\' \\\" “curly” ‘too’ """,
        "substitution": f"a $({run}) `{run}` ${{IFS}} $HOME ~ b",
        "separators": f"a; {run} & b && {run} || c | sh > {canary} < /dev/null",
        "lines": f"first\n{run}\n\nlast",
        "closing": f"'; {run}; ' \"; {run}; \" ); {run}; #",
        "unicode": "😀👩‍👩‍👧 买牛奶，两盒（低脂） café naïve Ω ß \u200b ½",
        "escapes": r"C:\new\table %s 100%s \x41 \u0041 \\n {x} [1] <point>1 2</point> </tool_call> &amp; <b>",
        "long": ("0123456789 $(x) '\" 买😀\n" * 250)[:5000],
    }


def reply(dialect: str, text: str) -> str:
    """What a model of this dialect writes to type a text."""
    try:
        return make_dialect(dialect).render(TypeText(text=text), SCREEN)
    except ValueError:  # text goes after what is there: the field is empty
        return make_dialect(dialect).render(TypeText(text=text, clear=False), SCREEN)


SCREEN = View(png=b"", width=1080, height=2400)


def processes() -> set[str]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.add(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("name", list(hostile(Path("x"))))
def test_a_text_reaches_the_field_exactly(phone: AdbPhone, tmp_path: Path, name: str) -> None:
    canary = tmp_path / "canary"
    text = hostile(canary)[name]
    action = make_dialect("autoglm").parse(reply("autoglm", text), SCREEN).action
    phone.perform(action)
    assert written(phone) == text
    assert list(tmp_path.iterdir()) == []
    assert not [command for command in processes() if SLEEP in command]


@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_in_every_dialect(phone: AdbPhone, tmp_path: Path, dialect: str) -> None:
    texts = hostile(tmp_path / "canary")
    text = "".join(texts[name] for name in ("quotes", "substitution", "lines", "closing", "unicode", "escapes"))
    phone.perform(make_dialect(dialect).parse(f"I type.\n{reply(dialect, text)}", SCREEN).action)
    assert written(phone) == text
    assert list(tmp_path.iterdir()) == []
    assert not [command for command in processes() if SLEEP in command]
