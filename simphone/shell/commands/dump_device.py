"""What dumpsys tells of packages, hardware and services."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from simphone.apps.settings.pages.storage import sizes_of
from simphone.shell.call import Call
from simphone.shell.commands.dump_screen import focused_window
from simphone.shell.commands.network import wifi_on
from simphone.shell.commands.packages import apk_path
from simphone.shell.commands.system import pid_of, processes, uptime_s
from simphone.shell.intents import token


# --- packages -----------------------------------------------------------------------------------------------------
def package(call: Call, args: list[str]) -> str:
    """dumpsys package."""
    operands = [word for word in args if not word.startswith("-")]
    if not operands:
        return "".join(f"  Package [{name}] ({token(name)}):\n" for name in call.state["packages"])
    package = operands[0]
    facts = call.state["packages"].get(package)
    if facts is None:
        return f"Dexopt state:\n  Unable to find package: {package}\n"
    flags = "SYSTEM HAS_CODE ALLOW_CLEAR_USER_DATA" if facts.get("system") else "HAS_CODE ALLOW_CLEAR_USER_DATA"
    sdk = call.state["device"].get("sdk", 33)
    when = _stamp(call, int(facts.get("first_install_ms", 0)))
    permissions = "".join(
        f"        {name}: granted={str(bool(on)).lower()}, flags=[ USER_SENSITIVE_WHEN_GRANTED]\n"
        for name, on in sorted(facts.get("permissions", {}).items())
    )
    return f"""Packages:
  Package [{package}] ({token(package)}):
    userId={facts.get("uid", 10_000)}
    pkg=Package{{{token(package + "#")} {package}}}
    codePath={apk_path(package, facts).rpartition("/")[0]}
    versionCode={facts.get("version_code", 1)} minSdk=24 targetSdk={facts.get("target_sdk", sdk)}
    versionName={facts.get("version", "1.0")}
    signatures=PackageSignatures{{{token(package + "s")} version:3, signatures:[{token(package + "k")}]}}
    flags=[ {flags} ]
    pkgFlags=[ {flags} ]
    timeStamp={when}
    firstInstallTime={when}
    lastUpdateTime={when}
    User 0: ceDataInode=8192 installed=true hidden=false suspended=false stopped=false enabled=0
      runtime permissions:
{permissions}"""


def _stamp(call: Call, epoch_ms: int) -> str:
    zone = ZoneInfo(call.state["clock"]["zone"])
    return f"{datetime.fromtimestamp(epoch_ms // 1000, UTC).astimezone(zone):%Y-%m-%d %H:%M:%S}"


# --- hardware -----------------------------------------------------------------------------------------------------
def battery(call: Call, args: list[str]) -> str:
    """dumpsys battery."""
    battery = call.state["battery"]
    if args[:1] == ["set"] and len(args) >= 3:
        _set_battery(call, args[1], args[2])
        return ""
    if args[:1] in (["reset"], ["unplug"]):
        battery["charging"] = args[0] == "reset"
        battery["level"] = 100 if args[0] == "reset" else battery["level"]
        call.phone.changed()
        return ""
    charging = bool(battery["charging"])
    status = 5 if charging and battery["level"] == 100 else 2 if charging else 3
    return f"""Current Battery Service state:
  AC powered: {str(charging).lower()}
  USB powered: false
  Wireless powered: false
  Dock powered: false
  Max charging current: 0
  Max charging voltage: 0
  Charge counter: 10000
  status: {status}
  health: 2
  present: true
  level: {battery["level"]}
  scale: 100
  voltage: 5000
  temperature: 250
  technology: Li-ion
"""


def thermal(_call: Call, _args: list[str]) -> str:
    """dumpsys thermalservice: a phone that never gets warm."""
    return """IsStatusOverride: false
ThermalEventListeners:
	callbacks: 1
Thermal Status: 0
Cached temperatures:
	Temperature{mValue=25.0, mType=2, mName=battery, mStatus=0}
HAL Ready: true
"""


def _set_battery(call: Call, key: str, value: str) -> None:
    if value.isdigit() and key == "level":
        call.state["battery"]["level"] = min(int(value[:4]), 100)
    elif value.isdigit() and key in ("ac", "usb", "status"):
        call.state["battery"]["charging"] = value in ("2", "5") if key == "status" else value != "0"
    call.phone.changed()


def telephony(call: Call, _args: list[str]) -> str:
    """dumpsys telephony.registry."""
    current = call.state["telephony"].get("call")
    states = {"ringing": 1, "active": 2, "offhook": 2}
    state = states.get(current.get("state", "active"), 2) if current else 0
    number = current.get("number", "") if current else ""
    return f"last known state:\n  Phone Id=0\n    mCallState={state}\n    mCallIncomingNumber={number}\n"


def audio(call: Call, _args: list[str]) -> str:
    """dumpsys audio."""
    streams = (
        ("VOICE_CALL", "voice_earpiece", 1, 5), ("SYSTEM", "system_speaker", 0, 7), ("RING", "ring_speaker", 0, 7),
        ("MUSIC", "music_speaker", 0, 15), ("ALARM", "alarm_speaker", 1, 7),
        ("NOTIFICATION", "notification_speaker", 0, 7),
    )  # fmt: skip
    rows = ["Stream volumes (device: index)"]
    for name, key, low, high in streams:
        level = call.phone.setting("system", f"volume_{key}", "0")
        rows.append(f"- STREAM_{name}:\n   Muted: {str(level == '0').lower()}\n   Min: {low}\n   Max: {high}")
        rows.append(f"   streamVolume:{level}\n   Current: 2 (speaker): {level}")
    ringer = {"0": "SILENT", "1": "VIBRATE"}.get(call.phone.setting("global", "mode_ringer", "2"), "NORMAL")
    return "\n".join([*rows, "", f"Ringer mode: \n- mode (internal) = {ringer}\n- mode (external) = {ringer}", ""])


def media_session(call: Call, _args: list[str]) -> str:
    """dumpsys media_session: states 2 paused, 3 playing, positions in ms (android.media.session.PlaybackState)."""
    sessions = call.phone.media_sessions()
    rows = [
        "MEDIA SESSION SERVICE (dumpsys media_session)",
        "",
        f"{len(sessions)} sessions listeners.",
        "User Records:",
        "  Sessions Stack - have " + f"{len(sessions)} sessions:",
    ]
    for package, told in sessions.items():
        state, speed = (3, "1.0") if told["playing"] else (2, "0.0")
        about = ", ".join(str(told[fact]) for fact in ("title", "artist", "album"))
        rows += [
            f"    MediaSession {package}/MediaSession (userId=0)",
            f"      package={package}",
            f"      active={str(told['playing']).lower()}",
            f"      state=PlaybackState {{state={state}, position={told['position_ms']}, buffered position=0, "
            f"speed={speed}, updated=0, actions=823, custom actions=[], active item id=-1, error=null}}",
            f"      metadata: size=4, description={about}",
        ]
    return "\n".join([*rows, ""])


def wifi(call: Call, _args: list[str]) -> str:
    """dumpsys wifi."""
    on = wifi_on(call)
    ssid = '"AndroidWifi"' if on else "<unknown ssid>"
    return (
        f"Wi-Fi is {'enabled' if on else 'disabled'}\nStay-awake conditions: 0\n"
        f"mWifiInfo SSID: {ssid}, BSSID: 00:13:10:85:fe:01, Supplicant state: {'COMPLETED' if on else 'DISCONNECTED'}\n"
    )


def bluetooth(call: Call, _args: list[str]) -> str:
    """dumpsys bluetooth_manager."""
    on = call.phone.setting("global", "bluetooth_on") == "1"
    return (
        f"Bluetooth Status\n  enabled: {str(on).lower()}\n  state: {'ON' if on else 'OFF'}\n"
        f"  address: {call.phone.setting('secure', 'bluetooth_address')}\n"
        f"  name: {call.phone.setting('secure', 'bluetooth_name')}\n"
    )


def location(call: Call, _args: list[str]) -> str:
    """dumpsys location."""
    spot = call.state["location"]
    on = call.phone.setting("secure", "location_mode", "3") != "0"
    return (
        f"Location Manager State:\n  Location Setting: {str(on).lower()}\n  gps provider:\n"
        f"    last location=Location[gps {spot['lat']:.6f},{spot['lon']:.6f} hAcc=5.0]\n    enabled={str(on).lower()}\n"
    )


def diskstats(call: Call, _args: list[str]) -> str:
    """dumpsys diskstats: sizes as the storage page of Settings shows them, in bytes."""
    if "settings" not in call.state["apps"]:
        return "Latency: 0ms [512B Data Write]\n"
    sizes = sizes_of(call.state)
    names = ("audio", "images", "videos", "documents")
    used = sum(int(size) for name, size in sizes.items() if name != "total")
    free, total = (sizes["total"] - used) // 1000, sizes["total"] // 1000
    audio, images, videos, other = (sizes[name] for name in names)
    return f"""Latency: 0ms [512B Data Write]
Data-Free: {free}K / {total}K total = {free * 100 // total}% free
App Size: {sizes["apps"]}
App Data Size: 0
App Cache Size: 0
Photos Size: {images}
Videos Size: {videos}
Audio Size: {audio}
Downloads Size: 0
System Size: {sizes["system"]}
Other Size: {other}
"""


# --- services -----------------------------------------------------------------------------------------------------
def input_method(call: Call, _args: list[str]) -> str:
    """dumpsys input_method."""
    shown = str(bool(call.state["keyboard"]["shown"])).lower()
    method = call.phone.setting("secure", "default_input_method")
    return f"""Current Input Method Manager state:
  mCurMethodId={method}
  mCurFocusedWindow={focused_window(call)}
  mShowRequested={shown} mShowExplicitlyRequested=false mShowForced=false mInputShown={shown}
  mSystemReady=true mInteractive={str(bool(call.state["screen_on"])).lower()}
  Input method service state for {method}:
    mWindowVisible={shown} mInputViewStarted={shown} mIsInputViewShown={shown}
"""


def alarm(call: Call, _args: list[str]) -> str:
    """dumpsys alarm."""
    now_ms = int(call.state["clock"]["epoch_ms"])
    rows = [
        "Current Alarm Manager state:",
        f"  nowRTC={now_ms}={_stamp(call, now_ms)}",
        "  Next alarm clock information:",
    ]
    epoch_ms = next_alarm(call)
    if epoch_ms is not None:
        rows.append(f"    user:0 pendingSend:false time:{epoch_ms} = {_stamp(call, epoch_ms)}")
    return "\n".join([*rows, ""])


def next_alarm(call: Call) -> int | None:
    """Instant of the next alarm clock, ms since the epoch, from next_alarm_formatted ("Fri 4:00 PM")."""
    text = call.phone.setting("system", "next_alarm_formatted").replace("\u202f", " ")
    match = re.fullmatch(r"(\w{3}) (\d{1,2}):(\d{2})(?: ([AP]M))?", text)
    if match is None:
        return None
    hour = int(match[2]) % 12 + (12 if match[4] == "PM" else 0) if match[4] else int(match[2])
    now = call.phone.now()
    for days in range(8):
        day = (now + timedelta(days=days)).replace(hour=hour % 24, minute=int(match[3]), second=0, microsecond=0)
        if f"{day:%a}" == match[1] and day > now:
            return int(day.replace(tzinfo=ZoneInfo(call.state["clock"]["zone"])).timestamp() * 1000)
    return None


def notification(call: Call, _args: list[str]) -> str:
    """dumpsys notification."""
    rows = ["Current Notification Manager state:", "  Notification List:"]
    for at, note in enumerate(call.state["notifications"]):
        facts: dict[str, Any] = next((f for f in call.state["packages"].values() if f.get("app") == note["app"]), {})
        package = next((name for name, f in call.state["packages"].items() if f is facts), note["app"])
        record = f"{token(note['key'])}: pkg={package} user=UserHandle{{0}} id={at} tag={note['key']}"
        rows.append(f"    NotificationRecord({record})")
        rows.append(f"      android.title=String ({note['title']})\n      android.text=String ({note['text']})")
    zen = {"0": "off", "1": "important_interruptions", "2": "no_interruptions", "3": "alarms"}
    rows.append(f"  mZenMode=ZEN_MODE_{zen.get(call.phone.setting('global', 'zen_mode', '0'), 'off').upper()}")
    return "\n".join([*rows, ""])


def uimode(call: Call, _args: list[str]) -> str:
    """dumpsys uimode."""
    night = call.phone.setting("secure", "ui_night_mode", "1")
    name = {"0": "auto", "1": "no", "2": "yes"}.get(night, "custom")
    computed = str(night == "2").lower()
    return f"Current UI Mode Service state:\n  mNightMode={night} ({name})\n  mComputedNightMode={computed}\n"


def meminfo(call: Call, args: list[str]) -> str:
    """dumpsys meminfo."""
    if args:
        pid = pid_of(call.phone, args[0])
        if not pid:
            return f"No process found for: {args[0]}\n"
        return (
            f"** MEMINFO in pid {pid} [{args[0]}] **\n           TOTAL PSS:   118432            TOTAL RSS:   187264\n"
        )
    rows = [f"    118,432K: {name} (pid {pid})" for pid, _, name in processes(call.phone)]
    return "\n".join(
        ["Applications Memory Usage (in Kilobytes):", "Total PSS by process:", *rows, " Total RAM: 2,003,360K", ""]
    )


def cpuinfo(call: Call, _args: list[str]) -> str:
    """dumpsys cpuinfo."""
    return f"Load: 0.1 / 0.12 / 0.08\nCPU usage of the simulated phone, up {uptime_s(call)} s:\n0% TOTAL\n"


def gfxinfo(_call: Call, _args: list[str]) -> str:
    """dumpsys gfxinfo."""
    return "Applications Graphics Acceleration Info:\nUptime: 0 Realtime: 0\n"
