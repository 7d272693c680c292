"""Worlds, patches, snapshots, forks: the same inputs always give the same state and the same screen."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from probe import OTHER, PROBE, Launcher, Other, Probe, center, tap, values

from simphone.phone import world
from simphone.phone.phone import Phone

EVENTS = [
    ("tap", 700, 300), ("type_text", "Hallo 你好"), ("key", 66), ("type_text", "123456"), ("key", 4),
    ("tap", 700, 1050),
    ("swipe", 700, 2000, 700, 900, 250), ("swipe", 1200, 1500, 200, 1500, 200), ("drag", 700, 1500, 700, 1900, 600),
    ("swipe", 720, 5, 720, 2900, 300), ("tap", 300, 700), ("key", 4), ("key", 187), ("key", 4), ("advance", 12345),
    ("key", 3), ("launch", OTHER), ("put_setting", "secure", "ui_night_mode", "2"), ("key", 24), ("tap", 10, 10),
]  # fmt: skip


def play(phone, events):
    for name, *args in events:
        getattr(phone, name)(*args)


def test_the_world(phone):
    assert phone.now().isoformat() == "2024-05-10T12:00:00"
    assert phone.setting("secure", "default_input_method").startswith("com.google.android.inputmethod.latin/")
    assert phone.setting("global", "zen_duration") == "0"
    packages = phone.state["packages"]
    assert {"com.booking", "com.android.adbkeyboard", "com.google.android.deskclock"} <= packages.keys()
    assert packages[PROBE]["app"] == "probe"


def test_an_unknown_world_is_named():
    with pytest.raises(world.UnknownWorld, match=r"no world 'mars'.*androidlab"):
        Phone("mars", apps=[])


def test_a_replay_gives_the_same_bytes(apps):
    phones = [Phone(apps=apps) for _ in range(2)]
    for phone in phones:
        phone.launch(PROBE)
    for event in EVENTS:
        for phone in phones:
            play(phone, [event])
        assert phones[0].snapshot() == phones[1].snapshot(), event
    assert phones[0].xml() == phones[1].xml()
    assert phones[0].png() == phones[1].png()


def test_restore_returns_to_the_moment(phone):
    play(phone, EVENTS[:2])
    kept, picture, tree = phone.snapshot(), phone.png(), phone.xml()
    kept = phone.snapshot()
    play(phone, EVENTS[2:])
    after = phone.snapshot()
    assert after != kept
    phone.restore(kept)
    assert (phone.png(), phone.xml()) == (picture, tree)
    assert phone.snapshot() == kept
    play(phone, EVENTS[2:])
    assert phone.snapshot() == after


def test_a_fork_lives_on_its_own(phone):
    play(phone, EVENTS[:5])
    twin = phone.fork()
    assert twin.snapshot() == phone.snapshot() and twin.xml() == phone.xml()
    before = phone.snapshot()
    play(twin, EVENTS[5:])
    assert phone.snapshot() == before
    play(phone, EVENTS[5:])
    assert phone.snapshot() == twin.snapshot()


def test_named_snapshots(phone):
    phone.save("here")
    play(phone, EVENTS[:3])
    assert phone.tags() == ["here"]
    assert phone.load("here") and values(phone)["name"] == "Pixel"
    assert not phone.load("gone")
    assert phone.delete("here") and not phone.delete("here")


def test_reset_with_a_patch(phone):
    play(phone, EVENTS)
    phone.reset(patch={
        "apps": {"probe": {"values": {"name": "Ann"}, "rows": None}},
        "settings": {"secure": {"ui_night_mode": "2"}},
        "files": {"/sdcard/a.txt": {"text": "hi", "mode": 432}},
    })  # fmt: skip
    assert phone.foreground()[0] != PROBE
    probe = phone.state["apps"]["probe"]
    assert probe["values"]["name"] == "Ann" and "rows" not in probe and probe["values"]["number"] == ""
    assert phone.state["files"]["/sdcard/a.txt"]["data"] == b"hi"
    assert phone.metrics.width == 1440
    phone.reset()
    assert phone.state["apps"]["probe"]["values"]["name"] == "Pixel"
    assert phone.state["settings"]["secure"]["ui_night_mode"] == "1"


def test_reset_is_the_same_each_time(phone):
    phone.reset()
    first = phone.snapshot()
    play(phone, EVENTS)
    phone.reset()
    assert phone.snapshot() == first


def test_the_machines_identity_survives_a_reset(phone):
    phone.state["device"]["serial"] = "emulator-5580"
    other = phone.fork()
    other.state["device"]["serial"] = "emulator-5582"
    phone.reset()
    assert phone.state["device"]["serial"] == "emulator-5580"
    other.restore(phone.snapshot())
    assert other.state["device"]["serial"] == "emulator-5582"


def test_the_told_state_is_json(phone):
    phone.state["files"]["/sdcard/x"] = {"data": b"abc", "mode": 432}
    told = json.loads(json.dumps(phone.json_state()))
    assert told["files"]["/sdcard/x"]["data"]["size"] == 3


def test_the_screen_size_is_kept(apps):
    small = Phone(width=1080, height=2400, density=420, apps=apps)
    assert small.png()[16:24] == (1080).to_bytes(4, "big") + (2400).to_bytes(4, "big")
    small.reset()
    assert small.metrics.width == 1080


def test_settings_are_followed(phone):
    assert phone.setting("system", "no_such_key", "x") == "x"
    phone.put_setting("system", "font_scale", "1.3")
    assert phone.metrics.font_scale == 1.3
    phone.put_setting("system", "font_scale", None)
    assert phone.metrics.font_scale == 1.0
    with pytest.raises(KeyError):
        phone.put_setting("nonsense", "a", "b")


@pytest.mark.parametrize(("patch", "words"), [
    ({"aps": {}}, "no 'aps'; it has: apps"),
    ({"settings": None}, "may change, not remove or retype: 'settings'"),
    ({"settings": {"system": {"font_scale": ["1"]}}}, "settings.system.font_scale"),
    ({"clock": {"zone": "Mars/Base"}}, "no IANA time zone 'Mars/Base'"),
    ({"files": {"/sdcard/a": {"base64": "?"}}}, "/sdcard/a"),
])  # fmt: skip
def test_a_patch_that_no_phone_can_have_is_refused(phone, patch, words):
    before = phone.snapshot()
    with pytest.raises(ValueError, match=re.escape(words)):
        phone.reset(patch=patch)
    assert phone.snapshot() == before


def test_the_phone_follows_what_a_patch_sets(phone):
    phone.reset(patch={"settings": {"global": {"airplane_mode_on": 1}, "system": {"user_rotation": "1"}}})
    assert phone.setting("global", "wifi_on") == "3"
    assert phone.metrics.width == 3120


@pytest.mark.parametrize("value", ["abc", "", "nan", "1e999", "-7", "99999"])
def test_nonsense_in_settings_leaves_the_phone_usable(phone, value):
    for namespace, key in (("system", "font_scale"), ("system", "user_rotation"), ("system", "screen_brightness"),
                           ("system", "volume_music_speaker"), ("system", "time_12_24"), ("secure", "ui_night_mode"),
                           ("global", "zen_mode"), ("secure", "default_input_method")):  # fmt: skip
        phone.put_setting(namespace, key, value)
    phone.key(24)
    phone.pull_shade()
    phone.pull_shade()
    assert phone.png() and phone.xml()


def test_what_is_written_to_the_state_from_outside_is_seen(phone):
    before = phone.png()
    phone.state["settings"]["system"]["status_bar_show_battery_percent"] = "1"
    assert phone.png() != before


plain = st.recursive(
    st.none() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: st.dictionaries(st.text(max_size=2), inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)


def reference_merge(target, patch):
    """RFC 7396, section 2, word by word."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = reference_merge(result.get(name), value)
    return result


@given(plain, plain)
def test_merge_is_that_of_the_rfc(target, patch):
    expected = reference_merge(target, patch)
    assert world.merge(json.loads(json.dumps(target)), patch) == expected


points = st.tuples(st.integers(-50, 1500), st.integers(-50, 3200))
events = st.one_of(
    points.map(lambda p: ("tap", *p)),
    st.tuples(points, points, st.sampled_from([0, 50, 300, 900])).map(lambda e: ("swipe", *e[0], *e[1], e[2])),
    st.sampled_from([3, 4, 19, 20, 21, 22, 23, 24, 26, 61, 66, 67, 82, 92, 93, 111, 187, 224, 9999]).map(
        lambda k: ("key", k)
    ),
    st.sampled_from(["x", "a b", "\n", "7"]).map(lambda t: ("type_text", t)),
)
ROBOT = Phone(apps=[Launcher(), Other(), Probe()])


@given(st.lists(events, max_size=12))
def test_no_input_breaks_the_phone(sequence):
    ROBOT.reset()
    ROBOT.launch(PROBE)
    play(ROBOT, sequence)
    assert ROBOT.xml().endswith("</hierarchy>")
    assert world.unpack(ROBOT.snapshot()) == ROBOT.state


def test_taps_are_told_where_things_are(phone):
    tap(phone, "go list")
    assert center(phone, "row 0")[0] == 720
