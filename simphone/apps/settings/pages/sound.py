"""Sound & vibration: volumes, sounds, haptics, Do Not Disturb."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import (
    Flag,
    Header,
    Link,
    Note,
    Options,
    Page,
    Row,
    Slider,
    Toggle,
    Value,
    flag,
    on_off,
    secure,
)

HAPTICS: Final = flag("system", "vibrate_on", default="1")
ZEN: Final = flag("global", "zen_mode")
CAPTION: Final = secure("odi_captions_enabled")
NOW_PLAYING: Final = secure("ambient_music_on")


def _vibration(name: str) -> Flag:
    """Strengths are numbers: 0 is off, 2 the medium strength that a switch turns on."""
    return Flag(Value("system", name, "2"), on="2", means_on=("1", "3"))


def _sound(title: str, key: str, *names: str) -> Options:
    """A sound by its name; the first is that of a new phone."""
    return Options(
        title,
        value=Value("system", key, names[0]),
        choices=(*((name, name) for name in sorted(names)), ("None", "None")),
    )


def _interruptions(title: str, key: str, *choices: str) -> Options:
    """Who may interrupt; the first choice is that of a new phone."""
    return Options(title, value=Value("secure", key, choices[0]), choices=tuple((name, name) for name in choices))


PAGES: Final = (
    Page(
        "sound",
        "Sound & vibration",
        (
            Slider("Media volume", icon="music_note", value=Value("system", "volume_music_speaker", "5"), high=15),
            Slider("Call volume", icon="phone", value=Value("system", "volume_voice_earpiece", "4"), low=1, high=5),
            Slider(
                "Ring & notification volume", icon="vibrate", value=Value("system", "volume_ring_speaker", "5"), high=7
            ),
            Slider("Alarm volume", icon="alarm", value=Value("system", "volume_alarm_speaker", "6"), low=1, high=7),
            Link("Do Not Disturb", on_off(ZEN), page="do_not_disturb"),
            _sound(
                "Phone ringtone",
                "ringtone_name",
                "Flutey Phone",
                "Beats",
                "Dance Party",
                "Early Twilight",
                "Fantasy World",
                "Hotline",
                "Pixel Opening",
                "Rrrring",
                "The Big Adventure",
                "Zen",
            ),
            Link("Live Caption", on_off(CAPTION), page="live_caption"),
            Link("Now Playing", "Show song names on lock screen", page="now_playing"),
            Link("Media", "Show player", page="media"),
            Link("Vibration & haptics", on_off(HAPTICS), page="vibration"),
            _sound(
                "Default notification sound",
                "notification_sound_name",
                "Pixie Dust",
                "Bamboo",
                "Chime",
                "Eureka",
                "Flick",
                "Popcorn",
                "Trill",
                "Wind",
            ),
            _sound(
                "Default alarm sound",
                "alarm_sound_name",
                "Cesium",
                "Argon",
                "Carbon",
                "Helium",
                "Krypton",
                "Neon",
                "Oxygen",
                "Platinum",
            ),
            Toggle("Dial pad tones", flag=flag("system", "dtmf_tone", default="1")),
            Toggle("Screen locking sound", flag=flag("system", "lockscreen_sounds_enabled", default="1")),
            Toggle("Charging sounds and vibration", flag=secure("charging_sounds_enabled", default="1")),
            Toggle("Touch sounds", flag=flag("system", "sound_effects_enabled", default="1")),
        ),
        activity="com.android.settings.Settings$SoundSettingsActivity",
        actions=("android.settings.SOUND_SETTINGS",),
    ),
    Page(
        "do_not_disturb",
        "Do Not Disturb",
        (
            Toggle("Use Do Not Disturb", flag=ZEN, main=True),
            Header("What can interrupt Do Not Disturb"),
            _interruptions(
                "People", "zen_people", "Some people can interrupt", "Anyone can interrupt", "No one can interrupt"
            ),
            _interruptions("Apps", "zen_apps", "No apps can interrupt", "All apps can interrupt"),
            _interruptions(
                "Alarms & other interruptions",
                "zen_others",
                "Alarms and media sounds can interrupt",
                "Alarms can interrupt",
                "None can interrupt",
            ),
            Header("General"),
            Row("Schedules", "None"),
            _interruptions(
                "Duration for Quick Settings", "zen_length", "Until you turn off", "For 1 hour", "Ask every time"
            ),
        ),
        actions=("android.settings.ZEN_MODE_SETTINGS",),
        parent="sound",
    ),
    Page(
        "live_caption",
        "Live Caption",
        (
            Toggle("Use Live Caption", flag=CAPTION, main=True),
            Toggle("Hide profanity", "Replace profanity with an asterisk (*)", flag=secure("caption_profanity")),
            Note("Live Caption detects speech on your device and automatically generates captions."),
        ),
        parent="sound",
    ),
    Page(
        "now_playing",
        "Now Playing",
        (
            Toggle("Identify songs playing nearby", flag=NOW_PLAYING, main=True),
            Note("When music plays nearby, the song's name is shown on your lock screen."),
        ),
        parent="sound",
    ),
    Page(
        "media",
        "Media",
        (
            Toggle(
                "Pin media player",
                "To quickly resume playback, media player stays open in Quick Settings",
                flag=secure("qs_media_resumption", default="1"),
            ),
            Toggle(
                "Show media on lock screen",
                "To quickly resume playback, media player stays open on lock screen",
                flag=secure("media_controls_lock_screen", default="1"),
            ),
        ),
        actions=("android.settings.MEDIA_CONTROLS_SETTINGS",),
        parent="sound",
    ),
    Page(
        "vibration",
        "Vibration & haptics",
        (
            Toggle("Use vibration & haptics", flag=HAPTICS, main=True),
            Header("Calls"),
            Toggle("Ring vibration", flag=_vibration("ring_vibration_intensity"), enabled=HAPTICS.get),
            Toggle(
                "Vibrate first then ring gradually", flag=flag("system", "apply_ramping_ringer"), enabled=HAPTICS.get
            ),
            Header("Notifications and alarms"),
            Toggle("Notification vibration", flag=_vibration("notification_vibration_intensity"), enabled=HAPTICS.get),
            Toggle("Alarm vibration", flag=_vibration("alarm_vibration_intensity"), enabled=HAPTICS.get),
            Header("Interactive haptics"),
            Toggle("Touch feedback", flag=flag("system", "haptic_feedback_enabled", default="1"), enabled=HAPTICS.get),
            Toggle("Media vibration", flag=_vibration("media_vibration_intensity"), enabled=HAPTICS.get),
        ),
        actions=("android.settings.VIBRATION_SETTINGS",),
        parent="sound",
    ),
)
