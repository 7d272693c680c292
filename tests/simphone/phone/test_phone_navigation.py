"""Windows, back, the task stack, lifecycle, edge gestures, shade, recents, power."""

from dataclasses import replace

from probe import HOME, OTHER, PROBE, box, log, tap

from simphone.core.app import Intent

HOME_KEY, BACK, APP_SWITCH, POWER, WAKEUP, VOLUME_UP, ESCAPE = 3, 4, 187, 26, 224, 24, 111


def front(phone):
    return phone.foreground()[0]


def test_back_closes_keyboard_then_window_then_screen_then_app(phone):
    tap(phone, "go search")
    assert phone.state["keyboard"]["shown"]
    phone.key(BACK)
    assert not phone.state["keyboard"]["shown"] and phone.state["ui"]["probe"]["screen"] == "search"
    phone.key(BACK)
    assert phone.state["ui"]["probe"]["screen"] == "form"
    tap(phone, "ask plain")
    phone.key(BACK)
    assert phone.state["ui"]["probe"]["dialog"] == "" and front(phone) == PROBE
    phone.key(BACK)
    assert front(phone) == HOME


def test_a_tap_beside_a_dialog_dismisses_it_unless_it_is_modal(phone):
    tap(phone, "ask plain")
    assert box(phone, "Sure?")
    assert "go list" not in phone.xml()
    phone.tap(720, 2900)
    assert phone.state["ui"]["probe"]["dialog"] == ""
    tap(phone, "ask modal")
    phone.tap(720, 2900)
    assert phone.state["ui"]["probe"]["dialog"] == "modal"
    tap(phone, "OK")
    assert phone.state["ui"]["probe"]["dialog"] == ""


def test_a_dialog_with_a_field_stands_above_the_keyboard(phone):
    tap(phone, "ask ask")
    assert phone.state["focus"]["field"] == "in_dialog"
    keyboard = next(window for window in phone.frame().windows if window.layer == "ime")
    dialog = phone.frame().windows[phone.frame().active]
    assert dialog.rect[3] <= keyboard.rect[1]


def test_an_app_started_by_another_returns_to_it(phone):
    tap(phone, "start")
    assert front(phone) == OTHER
    assert phone.state["apps"]["other"]["seen"] == [["android.settings.SETTINGS", "x:1"]]
    phone.key(BACK)
    assert front(phone) == PROBE
    assert phone.start(Intent(action="android.settings.SETTINGS")) == f"{OTHER}/{OTHER}.Settings"
    phone.key(BACK)
    assert front(phone) == HOME


def test_a_launcher_intent_brings_a_running_app_back_as_it_was(phone):
    tap(phone, "go list")
    phone.key(HOME_KEY)
    assert front(phone) == HOME
    tap(phone, "Probe")
    assert phone.state["ui"]["probe"]["screen"] == "list"


def test_stopping_clearing_and_removing(phone):
    tap(phone, "go list")
    phone.force_stop(PROBE)
    assert front(phone) == HOME and "probe" not in phone.state["ui"]
    phone.launch(PROBE)
    assert phone.state["ui"]["probe"]["screen"] == "form" and log(phone) == [["screen", "list"]]
    assert phone.clear_data(PROBE) and phone.state["apps"]["probe"]["log"] == []
    assert phone.uninstall(PROBE) and not phone.launch(PROBE) and not phone.uninstall(PROBE)
    assert not phone.uninstall(OTHER), "system apps stay"
    assert not phone.clear_data("no.such.package")


def test_intents_that_nothing_answers(phone):
    assert phone.start(Intent(action="no.such.ACTION")) == ""
    assert phone.start(Intent(component=f"{PROBE}/.NoSuch")) == ""
    assert phone.start(Intent(component=f"{PROBE}/.Main")) == f"{PROBE}/{PROBE}.Main"
    assert not phone.launch("com.android.chrome"), "installed, but not modelled in this registry"


def test_gestures_from_the_edges(phone):
    tap(phone, "go list")
    phone.swipe(5, 1500, 600, 1500, 200)
    assert phone.state["ui"]["probe"]["screen"] == "form"
    tap(phone, "go list")
    phone.swipe(1435, 1500, 800, 1500, 200)
    assert phone.state["ui"]["probe"]["screen"] == "form"
    phone.swipe(720, 3100, 720, 1500, 200)
    assert front(phone) == HOME
    phone.launch(PROBE)
    phone.swipe(720, 3100, 720, 1500, 1200)
    assert phone.state["system_ui"]["recents"]


def test_the_shade_and_its_tiles(phone):
    phone.swipe(720, 10, 720, 1200, 300)
    assert 'package="com.android.systemui"' in phone.xml() and box(phone, "Bluetooth")
    tap(phone, "Bluetooth")
    assert phone.setting("global", "bluetooth_on") == "0"
    phone.swipe(720, 1800, 720, 2600, 300)
    tap(phone, "Airplane mode")
    assert phone.setting("global", "airplane_mode_on") == "1" and phone.setting("global", "wifi_on") == "3"
    tap(phone, "Airplane mode")
    assert phone.setting("global", "wifi_on") == "1"
    tap(phone, "Dark theme")
    assert phone.setting("secure", "ui_night_mode") == "2"
    phone.key(BACK)
    assert front(phone) == PROBE and f'package="{PROBE}"' in phone.xml()


def test_a_notification_opens_its_app(phone):
    tap(phone, "notify")
    phone.key(HOME_KEY)
    phone.swipe(720, 10, 720, 1200, 300)
    tap(phone, "Timer")
    assert front(phone) == PROBE and phone.state["notifications"] == []


def test_recents_switch_and_close_apps(phone):
    phone.launch(OTHER)
    phone.key(APP_SWITCH)
    assert 'content-desc="Probe"' in phone.xml()
    x1, y1, x2, y2 = box(phone, "Other").visible
    phone.swipe((x1 + x2) / 2, (y1 + y2) / 2, (x1 + x2) / 2, 400, 200)
    assert [task["app"] for task in phone.state["tasks"]] == ["probe", "launcher"]
    tap(phone, "Probe")
    assert front(phone) == PROBE
    phone.key(APP_SWITCH)
    tap(phone, "Clear all")
    assert front(phone) == HOME and phone.state["tasks"][0]["app"] == "launcher"


def test_the_activity_makes_room_for_the_keyboard_unless_it_says_otherwise(phone, monkeypatch):
    def bottom():
        phone.state  # noqa: B018 - drops the cached screen
        return next(window for window in phone.frame().windows if window.layer == "app").rect[3]

    tap(phone, "go search")
    keyboard = next(window for window in phone.frame().windows if window.layer == "ime")
    assert bottom() == keyboard.rect[1]
    view = type(phone._machine.front()).view
    monkeypatch.setattr(type(phone._machine.front()), "view", lambda app, ctx: replace(view(app, ctx), keyboard="pan"))
    assert bottom() == 3120 - phone.metrics.nav_bar
    monkeypatch.setattr(type(phone._machine.front()), "view", lambda app, ctx: replace(view(app, ctx), fullscreen=True))
    phone.key(BACK)
    assert bottom() == 3120


def test_power(phone):
    phone.key(POWER)
    before = phone.state["apps"]["probe"]["log"][:]
    phone.tap(700, 1200)
    assert log(phone) == before and not phone.state["screen_on"]
    phone.key(WAKEUP)
    assert phone.state["screen_on"] and front(phone) == PROBE


def test_toasts_pass_and_are_not_in_the_tree(phone):
    tap(phone, "toast")
    assert box(phone, "Saved") and "Saved" not in phone.xml()
    phone.advance(3000)
    assert phone.state["system_ui"]["toast"] is None


def test_the_volume_panel(phone):
    phone.key(VOLUME_UP)
    assert phone.setting("system", "volume_music_speaker") == "6"
    assert phone.state["system_ui"]["volume"]["stream"] == "volume_music_speaker"
    phone.advance(5000)
    assert phone.state["system_ui"]["volume"] is None


def test_rotation_turns_the_display(phone):
    phone.put_setting("system", "accelerometer_rotation", "0")
    phone.put_setting("system", "user_rotation", "1")
    assert (phone.metrics.width, phone.metrics.height) == (3120, 1440)
    assert '<hierarchy rotation="1">' in phone.xml()
    assert phone.frame().windows[phone.frame().active].rect[2] == 3120
    phone.put_setting("system", "user_rotation", "0")
    assert phone.metrics.width == 1440
