"""Random fingers on all apps: no exception, no hang, no screen that a checker could not read."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET

import pytest

from simphone.apps import all_apps
from simphone.gallery.script import bounds
from simphone.phone.phone import Phone
from simphone.ui import hit

WIDTH, HEIGHT = 1080, 2400
KEYS = (3, 4, 4, 4, 66, 67, 82, 187, 24, 25, 61, 62, 122, 123)
TEXTS = ("a", "12", "meeting", "O'Brien & <b>", "北京 東京 서울", "😀\u200a", "x" * 300, "\n", "1234567890")


def phone(world: str) -> Phone:
    return Phone(world, width=WIDTH, height=HEIGHT, density=420)


def act(monkey: random.Random, on: Phone, packages: list[str]) -> tuple[str, object]:
    """One random event; mostly touches, as a person's."""
    kind = monkey.choices(
        ("tap", "node", "swipe", "long", "key", "text", "launch", "drag"), (30, 30, 16, 5, 8, 6, 2, 3)
    )[0]
    x, y = monkey.randrange(WIDTH), monkey.randrange(HEIGHT)
    match kind:
        case "tap":
            on.tap(x, y)
        case "node":
            nodes = [n for n in ET.fromstring(on.xml()).iter("node") if n.attrib["clickable"] == "true"]
            if nodes:
                left, top, right, bottom = bounds(monkey.choice(nodes))
                x, y = (left + right) // 2, (top + bottom) // 2
                on.tap(x, y)
        case "swipe":
            on.swipe(x, y, monkey.randrange(WIDTH), monkey.randrange(HEIGHT), monkey.choice((60, 200, 400, 1200)))
        case "long":
            on.swipe(x, y, x, y, 800)
        case "key":
            on.key(monkey.choice(KEYS))
        case "text":
            on.type_text(monkey.choice(TEXTS))
        case "launch":
            on.launch(monkey.choice(packages))
        case "drag":
            on.drag(x, y, monkey.randrange(WIDTH), monkey.randrange(HEIGHT), 600)
    return kind, (x, y)


def check(on: Phone) -> None:
    """The dump parses and stays on the display; a snapshot restores to the same pixels."""
    root = ET.fromstring(on.xml())
    for node in root.iter("node"):
        left, top, right, bottom = bounds(node)
        assert 0 <= left < right <= WIDTH, node.attrib
        assert 0 <= top < bottom <= HEIGHT, node.attrib


def check_touch(on: Phone) -> None:
    """The centre of what can be tapped hits it or what it holds, unless something drawn later covers that point."""
    frame = on.frame()
    active = frame.windows[frame.active]
    order = {id(box): number for number, box in enumerate(active.root.walk())}
    for box in active.root.walk():
        left, top, right, bottom = box.visible
        if box.view.on_tap is None or not box.view.enabled or right <= left or bottom <= top:
            continue
        chain = hit.at(frame, (left + right) / 2, (top + bottom) / 2)
        if not chain or chain[0] is not active.root:
            continue  # the keyboard, a text menu, the shade
        later = [each for each in chain if order[id(each)] > order[id(box)]]
        covered = any(each.view.on_tap or (each.view.paint and each.view.paint.fill) for each in later)
        assert box in chain or covered, (box.view.id, box.view.desc or box.view.text)


def run_monkey(world: str, seed: int, events: int, *, restore_every: int) -> None:
    monkey = random.Random(seed)
    on = phone(world)
    packages = [app.manifest.package for app in all_apps() if app.manifest.package in on.state["packages"]]
    done: list[object] = []
    for number in range(events):
        if number % 60 == 0:
            on.launch(monkey.choice(packages))
        try:
            done.append(act(monkey, on, packages))
            check(on)
            check_touch(on)
            if number % restore_every == 0:
                shot, saved = on.png(), on.snapshot()
                other = phone(world)
                other.restore(saved)
                assert other.png() == shot
                assert other.snapshot() == saved
        except Exception as error:
            error.add_note(f"world {world}, seed {seed}, event {number}, in {on.foreground()}, last {done[-6:]}")
            raise
        if number % 1500 == 1499:
            on.reset()


@pytest.mark.parametrize("seed", range(2))
def test_monkey(seed: int):
    run_monkey("androidlab", seed, 700, restore_every=90)


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("seed", range(10, 18))
def test_long_monkey(seed: int):
    """200,000 events in all."""
    run_monkey("androidlab" if seed < 15 else "openphone", seed, 25_000, restore_every=250)


def test_replayed_events_give_the_same_state_and_pixels():
    first, second = phone("androidlab"), phone("androidlab")
    packages = [app.manifest.package for app in all_apps() if app.manifest.package in first.state["packages"]]
    one, other = random.Random(7), random.Random(7)
    for _ in range(250):
        act(one, first, packages)
        act(other, second, packages)
    assert first.snapshot() == second.snapshot()
    assert first.png() == second.png()
    assert first.png() == first.png()
