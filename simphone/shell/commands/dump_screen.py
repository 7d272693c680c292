"""What dumpsys tells of the screen: windows, displays, input devices, activities."""

from __future__ import annotations

import re
from typing import Final

from simphone.shell.call import Call
from simphone.shell.commands.apps import tasks
from simphone.shell.commands.system import pid_of, processes
from simphone.shell.intents import short, token


# --- window, input, display ---------------------------------------------------------------------------------------
def _record(call: Call, front: tuple[str, str] | None = None) -> str:
    """ActivityRecord{1a2b3c4 u0 pkg/.Act t7} of the activity in front, if known (package, activity)."""
    package, activity = front or call.phone.foreground()
    listed = tasks(call, (package, activity))[:1]
    task = listed[0].id if listed else 0
    return f"ActivityRecord{{{token(package + activity)} u0 {short(f'{package}/{activity}')} t{task}}}"


def focused_window(call: Call, front: tuple[str, str] | None = None) -> str:
    """Window{1a2b3c4 u0 pkg/pkg.Act}, or the shade when it is down; `front` is (package, activity) if known."""
    package, activity = front or call.phone.foreground()
    name = f"{package}/{activity}" if call.state["system_ui"]["shade"] == "closed" else "NotificationShade"
    return f"Window{{{token(name)} u0 {name}}}"


def window(call: Call, _args: list[str]) -> str:
    """dumpsys window."""
    # Asked first and once: whoever has had the state in hand may have changed it, and the screen is laid out anew.
    front = package, activity = call.phone.foreground()
    metrics, display = call.phone.metrics, call.state["display"]
    window, record = focused_window(call, front), _record(call, front)
    task = next((each.id for each in tasks(call, front)), 0)
    keyboard = str(bool(call.state["keyboard"]["shown"])).lower()
    awake = str(bool(call.state["screen_on"])).lower()
    return f"""WINDOW MANAGER POLICY STATE (dumpsys window policy)
    mSafeMode=false mSystemReady=true mSystemBooted=true
    mAwake={awake} screenState={"SCREEN_STATE_ON" if call.state["screen_on"] else "SCREEN_STATE_OFF"}
    KeyguardServiceDelegate
      showing=false
      showingAndNotOccluded=false

WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)
  Display: mDisplayId=0 rootTasks={len(call.state["tasks"])}
    init={display["width"]}x{display["height"]} {metrics.density}dpi cur={metrics.width}x{metrics.height}
    DisplayRotation
      mCurrentRotation=ROTATION_{display["rotation"] * 90}
      mUserRotation=ROTATION_{int(call.phone.setting("system", "user_rotation", "0") or 0) % 4 * 90}

WINDOW MANAGER WINDOWS (dumpsys window windows)
  Window #0 {window}:
    mDisplayId=0 rootTaskId={task} mSession=Session{{{token(package)}}}
    mOwnerUid={call.state["packages"].get(package, {}).get("uid", 10_000)} package={package} appop=NONE
    Frames: parent=[0,0][{metrics.width},{metrics.height}] display=[0,0][{metrics.width},{metrics.height}]
    mHasSurface=true isReadyForDisplay()=true mActivityRecord={record} class={activity}

  mInputMethodWindow=Window{{{token("InputMethod")} u0 InputMethod}} visible={keyboard}
  mTopFocusedDisplayId=0
  mCurrentFocus={window}
  mFocusedApp={record}
"""


def input_devices(call: Call, _args: list[str]) -> str:
    """dumpsys input."""
    metrics, rotation = call.phone.metrics, call.state["display"]["rotation"]
    return f"""INPUT MANAGER (dumpsys input)

Input Reader State (Nums of device: 2):
  Device 2: virtio_input_multi_touch_1
    Generation: 14
    IsExternal: false
    Sources: TOUCHSCREEN
    Touch Input Mapper (mode - DIRECT):
      Viewport INTERNAL: displayId=0, uniqueId=local:4619827259835644672, port=0, orientation={rotation}, \
logicalFrame=[0, 0, {metrics.width}, {metrics.height}], physicalFrame=[0, 0, {metrics.width}, {metrics.height}], \
deviceSize=[{metrics.width}, {metrics.height}], isActive=[1]
      InputDeviceOrientation: {rotation}
      SurfaceOrientation: {rotation}

Input Dispatcher State:
  FocusedDisplayId: 0
  FocusedApplications:
    displayId=0, name='{_record(call)}', dispatchingTimeout=5000ms
"""


def display(call: Call, _args: list[str]) -> str:
    """dumpsys display."""
    metrics, rotation = call.phone.metrics, call.state["display"]["rotation"]
    return f"""DISPLAY MANAGER (dumpsys display)
  mOnlyCode=false
  mViewports=[DisplayViewport{{type=INTERNAL, valid=true, isActive=true, displayId=0, \
uniqueId='local:4619827259835644672', physicalPort=0, orientation={rotation}, \
logicalFrame=Rect(0, 0 - {metrics.width}, {metrics.height}), physicalFrame=Rect(0, 0 - {metrics.width}, \
{metrics.height}), deviceWidth={metrics.width}, deviceHeight={metrics.height}}}]
  mBaseDisplayInfo=DisplayInfo{{"Built-in Screen", displayId 0, real {metrics.width} x {metrics.height}, \
density {metrics.density}, state {"ON" if call.state["screen_on"] else "OFF"}}}
  mScreenState={"ON" if call.state["screen_on"] else "OFF"}
"""


def power(call: Call, _args: list[str]) -> str:
    """dumpsys power."""
    on = bool(call.state["screen_on"])
    return f"""POWER MANAGER (dumpsys power)

Power Manager State:
  mWakefulness={"Awake" if on else "Asleep"}
  mIsPowered={str(call.state["battery"]["charging"]).lower()}
  mBatteryLevel={call.state["battery"]["level"]}
  mHoldingWakeLockSuspendBlocker=false
  mHoldingDisplaySuspendBlocker={str(on).lower()}

Display Power: state={"ON" if on else "OFF"}
"""


def surface_flinger(_call: Call, args: list[str]) -> str:
    """dumpsys SurfaceFlinger."""
    if "--list" in args:
        return "StatusBar#0\nNavigationBar0#0\n"
    return 'Display 4619827259835644672 (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"\n'


# --- activity -----------------------------------------------------------------------------------------------------
_EMPTY: Final = frozenset(
    ["b", "broadcasts", "intents", "oom", "permissions", "providers", "s", "services", "settings"]
)


def activity(call: Call, args: list[str]) -> str:
    """dumpsys activity."""
    what = args[0] if args else "activities"
    dumps = {
        "a": _activities, "activities": _activities, "top": _top, "recents": _recents, "r": _recents,
        "p": _processes, "processes": _processes, "containers": _activities, "lastanr": _no_anr,
    }  # fmt: skip
    if what in dumps:
        return dumps[what](call)
    if what in (
        "service",
        "services",
        "s",
        "broadcasts",
        "b",
        "providers",
        "settings",
        "oom",
        "intents",
        "permissions",
    ):
        return f"ACTIVITY MANAGER (dumpsys activity {what})\n  (nothing)\n"
    return _hierarchy(call, what)


def _no_anr(_call: Call) -> str:
    return "  <no ANR>\n"


def _activities(call: Call) -> str:
    rows = [
        f"  * Task{{{token(task.component)} #{task.id} type={'home' if task.home else 'standard'} "
        f"A={task.package} U=0 visible={str(task.visible).lower()}}}\n"
        f"    * Hist  #0: ActivityRecord{{{token(task.component)} u0 {short(task.component)} t{task.id}}}\n"
        for task in tasks(call)
    ]
    record = _record(call)
    return (
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\nDisplay #0 (activities from top to bottom):\n"
        + "".join(rows)
        + f"\n  mResumedActivity: {record}\n  ResumedActivity: {record}\n  topResumedActivity={record}\n"
        + f"  mFocusedApp={record}\n"
    )


def _top(call: Call) -> str:
    package, activity = call.phone.foreground()
    name = short(f"{package}/{activity}")
    rows = [f"TASK {package} id={tasks(call)[0].id if call.state['tasks'] else 0} userId=0"]
    rows.append(f"  ACTIVITY {name} {token(name)} pid={pid_of(call.phone, package)}")
    return "\n".join(
        [*rows, f"    Local Activity {token(name + '#')} State:", "      mResumed=true mStopped=false", ""]
    )


def _recents(call: Call) -> str:
    """Every `id=N` in here is a task: clients remove them all."""
    rows = [
        f"  * Recent #{at}: Task{{{token(task.component)} #{task.id} type=standard A={task.package}}}\n"
        f"    userId=0 effectiveUid=u0a{at} mCallingPackage={task.package}\n"
        f"    realActivity={{{task.component}}}\n    id={task.id} rootTaskId={task.id}\n"
        for at, task in enumerate(task for task in tasks(call) if not task.home)
    ]
    return "ACTIVITY MANAGER RECENT TASKS (dumpsys activity recents)\nRecent tasks:\n" + "".join(rows)


def _processes(call: Call) -> str:
    rows = [
        f"  *APP* UID {user} ProcessRecord{{{token(name)} {pid}:{name}}}" for pid, user, name in processes(call.phone)
    ]
    return "\n".join(["ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)", *rows, ""])


def _hierarchy(call: Call, package: str) -> str:
    """View hierarchy of a running package, as android_env looks for it."""
    front = call.phone.foreground()
    if package.partition("/")[0] != front[0]:
        return f"Bad activity command, or no activities match: {package}\n"
    rows = ["    View Hierarchy:", "      DecorView@1a2b3c4[]"]
    depth = 0
    for tag, attributes in re.findall(r"<(/?node)\b([^>]*)>", call.phone.xml()):
        if tag == "/node":
            depth -= 1
            continue
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        name = facts.get("resource-id", "").rpartition("/")[2]
        suffix = f" app:id/{name}" if name else ""
        rows.append(
            f"{'  ' * (depth + 4)}{facts.get('class', 'View')}{{{token(str(len(rows)))} V.E...... ........{suffix}}}"
        )
        depth += 0 if attributes.rstrip().endswith("/") else 1
    return f"{_top(call)}" + "\n".join([*rows, ""])
