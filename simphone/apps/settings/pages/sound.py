"""Sound & vibration: volumes, haptics."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Flag, Header, Link, Page, Row, Slider, Toggle, Value, flag, on_off

HAPTICS: Final = flag("system", "vibrate_on", default="1")
ZEN: Final = flag("global", "zen_mode")
RING_VIBRATION: Final = flag("system", "vibrate_when_ringing", default="1")


def _vibration(name: str) -> Flag:
    """Intensities are numbers: 0 is off, 2 the medium strength that a switch turns on."""
    return Flag(Value("system", name, "2"), on="2")


PAGES: Final = (
    Page(
        "sound",
        "Sound & vibration",
        (
            Slider("Media volume", icon="music_note", value=Value("system", "volume_music_speaker", "5"), high=15),
            Slider("Call volume", icon="phone", value=Value("system", "volume_voice_earpiece", "4"), low=1, high=5),
            Slider("Ring & notification volume", icon="vibrate", value=Value("system", "volume_ring_speaker", "5"),
                   high=7),
            Slider("Alarm volume", icon="alarm", value=Value("system", "volume_alarm_speaker", "6"), low=1, high=7),
            Link("Do Not Disturb", on_off(ZEN), page="do_not_disturb"),
            Row("Phone ringtone", "Flutey Phone"),
            Row("Live Caption", "Off"),
            Row("Now Playing", "Show song names on lock screen"),
            Row("Media", "Hide player when the media session has ended"),
            Link("Vibration & haptics", on_off(HAPTICS), page="vibration"),
            Row("Default notification sound", "Pixie Dust"),
            Row("Default alarm sound", "Cesium"),
            Toggle("Dial pad tones", flag=flag("system", "dtmf_tone", default="1")),
            Toggle("Screen locking sound", flag=flag("system", "lockscreen_sounds_enabled", default="1")),
            Toggle("Touch sounds", flag=flag("system", "sound_effects_enabled", default="1")),
        ),
        activity="com.android.settings.Settings$SoundSettingsActivity",
        actions=("android.settings.SOUND_SETTINGS",),
    ),
    Page(
        "do_not_disturb",
        "Do Not Disturb",
        (Toggle("Use Do Not Disturb", flag=ZEN, main=True), Row("People", "Some people can interrupt"),
         Row("Apps", "No apps can interrupt"), Row("Alarms & other interruptions", "Alarms, media")),
        actions=("android.settings.ZEN_MODE_SETTINGS",),
        parent="sound",
    ),
    Page(
        "vibration",
        "Vibration & haptics",
        (
            Toggle("Use vibration & haptics", flag=HAPTICS, main=True),
            Header("Calls"),
            Toggle("Ring vibration", flag=RING_VIBRATION, enabled=HAPTICS.get),
            Header("Notifications and alarms"),
            Toggle("Notification vibration", flag=_vibration("notification_vibration_intensity"), enabled=HAPTICS.get),
            Toggle("Alarm vibration", flag=_vibration("alarm_vibration_intensity"), enabled=HAPTICS.get),
            Header("Interactive haptics"),
            Toggle("Touch feedback", flag=flag("system", "haptic_feedback_enabled", default="1"), enabled=HAPTICS.get),
            Toggle("Media vibration", flag=_vibration("media_vibration_intensity"), enabled=HAPTICS.get),
        ),
        parent="sound",
    ),
)
