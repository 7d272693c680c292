"""The system around the apps: date, users, processes, properties of the kernel, logcat, reboot."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from simphone.phone.phone import Phone
from simphone.shell.call import Call, Command
from simphone.shell.commands.files import parse_time
from simphone.shell.commands.listing import user_id, zone_of
from simphone.shell.commands.screen import until_closed
from simphone.shell.errors import CommandError, Leave

_BOOT_BEFORE_S: Final = 600
"""The phone was started ten minutes before the world's date."""


def now_in(call: Call, zone: ZoneInfo) -> datetime:
    """The phone's time, aware."""
    epoch_ms = int(call.state["clock"]["epoch_ms"])
    return (datetime.fromtimestamp(epoch_ms // 1000, UTC) + timedelta(milliseconds=epoch_ms % 1000)).astimezone(zone)


def uptime_s(call: Call) -> int:
    """Seconds since boot."""
    clock = call.state["clock"]
    return max(int(clock["epoch_ms"]) - int(clock.get("boot_ms", clock["epoch_ms"])), 0) // 1000 + _BOOT_BEFORE_S


# --- date ---------------------------------------------------------------------------------------------------------
def _strftime(template: str, when: datetime) -> str:
    """strftime with %s and %N; the host's locale and zone play no part."""

    def one(match: re.Match[str]) -> str:
        code = match[1]
        if code == "s":
            return str(int(when.timestamp()))
        if code.endswith("N"):
            return f"{when.microsecond * 1000:09d}"[: int(code[0]) if len(code) > 1 else 9]
        return when.strftime(match[0])

    return re.sub(r"%([0-9]?N|[-_0]?[a-zA-Z%])", one, template)


async def _date(call: Call) -> int:
    options, operands = call.options("ud:D:r:R", "utc", "iso-8601")
    zone = ZoneInfo("UTC") if {"u", "utc"} & options.keys() else zone_of(call)
    when = now_in(call, zone)
    if "d" in options:
        when = datetime.fromtimestamp(parse_time(call, options["d"]) / 1000, UTC).astimezone(zone)
    elif "r" in options:
        when = datetime.fromtimestamp(call.files.stat(call.path(options["r"])).mtime_ns / 1e9, UTC).astimezone(zone)
    template = next((word[1:] for word in operands if word.startswith("+")), None)
    to_set = " ".join(word for word in operands if not word.startswith("+"))
    if to_set:
        call.phone.set_clock(parse_time(call, to_set))
        when = now_in(call, zone)
    await call.line(_strftime("%a %b %e %H:%M:%S %Z %Y" if template is None else template, when))
    return 0


async def _uptime(call: Call) -> int:
    seconds = uptime_s(call)
    if "-p" in call.args:
        await call.line(f"up {seconds // 3600} hours, {seconds // 60 % 60} minutes")
        return 0
    up = f"{seconds // 3600}:{seconds // 60 % 60:02d}" if seconds >= 3600 else f"{seconds // 60} min"
    await call.line(f" {call.phone.now():%H:%M:%S} up {up},  0 users,  load average: 0.10, 0.12, 0.08")
    return 0


async def _cal(call: Call) -> int:
    now = call.phone.now()
    await call.line(f"{now:%B} {now.year}".center(20).rstrip())
    return 0


# --- users --------------------------------------------------------------------------------------------------------
_ROOT_CONTEXT: Final = "u:r:su:s0"
_SHELL_CONTEXT: Final = "u:r:shell:s0"


async def _whoami(call: Call) -> int:
    await call.line(call.shell.uid)
    return 0


async def _id(call: Call) -> int:
    options, operands = call.options("GZgnru")
    name = operands[0] if operands else call.shell.uid
    number = user_id(name)
    if {"u", "g"} & options.keys():
        await call.line(name if "n" in options else str(number))
        return 0
    context = _ROOT_CONTEXT if name == "root" else _SHELL_CONTEXT
    if "Z" in options:
        await call.line(context)
        return 0
    groups = f"{number}({name}),1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),3003(inet)"
    await call.line(f"uid={number}({name}) gid={number}({name}) groups={groups} context={context}")
    return 0


async def _su(call: Call) -> int:
    """su [USER] [CMD..], su -c CMD."""
    words = list(call.args)
    user = "root"
    if words and (words[0].isdigit() or words[0] in ("root", "shell", "system")):
        user = {"0": "root", "2000": "shell", "1000": "system"}.get(words[0], words[0])
        words.pop(0)
    shell = call.shell.child(call.io)
    shell.uid = user
    shell.variables["USER"] = user
    if words and words[0] in ("-c", "--command"):
        return await shell.process(" ".join(words[1:]))
    if words:
        try:
            return await shell.execute(words)
        except Leave as leave:
            return leave.status
    return await shell.process((await call.input()).decode("utf-8", "surrogateescape"))


# --- processes ----------------------------------------------------------------------------------------------------
_DAEMONS: Final = (
    (1, "root", "init"), (2, "root", "[kthreadd]"), (184, "logd", "logd"), (186, "system", "servicemanager"),
    (301, "root", "zygote64"), (330, "system", "surfaceflinger"), (380, "root", "adbd"),
    (560, "system", "system_server"),
)  # fmt: skip
_ALWAYS: Final = ("com.android.systemui", "com.google.android.gms")
_FIRST_APP_PID: Final = 2000


def processes(phone: Phone) -> list[tuple[int, str, str]]:
    """(pid, user, name) of what runs: daemons, then the packages whose apps run."""
    rows: list[tuple[int, str, str]] = list(_DAEMONS)
    ime = phone.setting("secure", "default_input_method").partition("/")[0]
    for at, (package, facts) in enumerate(phone.state["packages"].items()):
        if facts.get("app") in phone.state["ui"] or package in _ALWAYS or package == ime:
            rows.append((_FIRST_APP_PID + 7 * at, user_name(facts), package))
    return rows


def user_name(facts: dict[str, Any]) -> str:
    """u0_a101 of a package's uid."""
    uid = int(facts.get("uid", 10_000))
    return "system" if uid == 1000 else f"u0_a{uid - 10_000}"


def pid_of(phone: Phone, package: str) -> int:
    """A package's process number, 0 when it does not run."""
    return next((pid for pid, _, name in processes(phone) if name == package), 0)


async def _ps(call: Call) -> int:
    options, _ = call.options("AaefFlnTtuwZo:p:k:O:")
    rows = processes(call.phone)
    if not {"A", "e", "a"} & options.keys() and "p" not in options:
        rows = [row for row in rows if row[1] == call.shell.uid]
    if "p" in options:
        rows = [row for row in rows if str(row[0]) in options["p"].split(",")]
    rows.append((call.shell.pid, call.shell.uid, "sh"))
    if "o" in options:
        names = [name.upper() for name in options["o"].split(",")]
        await call.line(" ".join(names))
        for pid, user, name in rows:
            cells = {
                "PID": str(pid),
                "USER": user,
                "NAME": name,
                "ARGS": name,
                "COMM": name,
                "CMD": name,
                "PPID": "301",
            }
            await call.line(" ".join(cells.get(column, "0") for column in names))
        return 0
    await call.line("USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME")
    for pid, user, name in rows:
        parent = 0 if pid < 3 else 301 if pid >= _FIRST_APP_PID else 1
        await call.line(f"{user:<12} {pid:>5} {parent:>5} 13849216 118432 0                   0 S {name}")
    return 0


async def _pidof(call: Call) -> int:
    _, operands = call.options("sxo:")
    found = [str(pid) for pid, _, name in processes(call.phone) if name in operands]
    if found:
        await call.line(" ".join(found))
    return int(not found)


async def _pgrep(call: Call) -> int:
    options, operands = call.options("flnoxavcu:")
    wanted = operands[0] if operands else ""
    found = [(pid, name) for pid, _, name in processes(call.phone) if wanted in name]
    for pid, name in found:
        await call.line(f"{pid} {name}" if {"l", "a"} & options.keys() else str(pid))
    return int(not found)


async def _kill(call: Call) -> int:
    """Ends apps; daemons and unknown numbers are refused or missing."""
    targets = [word for word in call.args if not word.startswith("-") and not word.isupper()]
    if call.args[:1] == ["-l"] or not targets:
        await call.line("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM")
        return 0
    status = 0
    for target in targets:
        if target == str(call.shell.pid):
            raise Leave(143)
        by_name = call.name in ("pkill", "killall")
        names = [n for pid, _, n in processes(call.phone) if (target in n if by_name else str(pid) == target)]
        apps = [name for name in names if name in call.state["packages"]]
        for package in apps:
            call.phone.force_stop(package)
        if not names:
            status = 1
            if not by_name:
                await call.complain(f"{target}: No such process")
    return status


async def _top(call: Call) -> int:
    rows = processes(call.phone)
    await call.line(f"Tasks: {len(rows)} total,   1 running, {len(rows) - 1} sleeping,   0 stopped,   0 zombie")
    await call.line("  Mem:  2003360K total,  1602688K used,   400672K free,     4096K buffers")
    await call.line(" Swap:  1502516K total,        0K used,  1502516K free,   612312K cached")
    await call.line("400%cpu   4%user   0%nice   4%sys 392%idle   0%iow   0%irq   0%sirq   0%host")
    await call.line("  PID USER         PR  NI VIRT  RES  SHR S[%CPU] %MEM     TIME+ ARGS")
    for pid, user, name in rows:
        await call.line(f"{pid:>5} {user:<12} 20   0  13G 115M  80M S  0.0   5.9   0:01.00 {name}")
    return 0


async def _free(call: Call) -> int:
    options, _ = call.options("bkmgh")
    unit = {"b": 1, "m": 1 << 20, "g": 1 << 30}.get(next(iter(options), "b"), 1 << 10)
    rows = (("Mem:", 2_051_440_640, 1_641_152_512, 410_288_128), ("Swap:", 1_538_576_384, 0, 1_538_576_384))
    await call.line("                total        used        free      shared     buffers")
    for name, *sizes in rows:
        await call.line(f"{name:<9}" + "".join(f"{size // unit:>12}" for size in sizes) + f"{0:>12}{0:>12}")
    return 0


# --- the kernel's -------------------------------------------------------------------------------------------------
async def _uname(call: Call) -> int:
    options, _ = call.options("amnrsvopi")
    facts = {
        "s": "Linux",
        "n": "localhost",
        "r": "5.15.41-android13-8-00055-g4f5025129fe8-ab8949913",
        "v": "#1 SMP PREEMPT Mon Aug 15 18:33:14 UTC 2022",
        "m": "x86_64",
        "o": "Toybox",
    }
    chosen = facts if "a" in options else {key: text for key, text in facts.items() if key in options} or {"s": "Linux"}
    await call.line(" ".join(chosen.values()))
    return 0


async def _getenforce(call: Call) -> int:
    await call.line("Permissive")
    return 0


async def _hostname(call: Call) -> int:
    await call.line("localhost")
    return 0


async def _nothing(_call: Call) -> int:
    return 0


async def _mount(call: Call) -> int:
    if not call.args:
        await call.line("/dev/block/dm-5 on / type ext4 (ro,seclabel,nodev,relatime)")
        await call.line("/dev/block/dm-37 on /data type f2fs (rw,seclabel,nosuid,nodev,noatime)")
        await call.line("/dev/fuse on /storage/emulated type fuse (rw,nosuid,nodev,noexec,noatime)")
    return 0


async def _nproc(call: Call) -> int:
    await call.line("4")
    return 0


# --- logcat, reboot -----------------------------------------------------------------------------------------------
async def _logcat(call: Call) -> int:
    """The log is empty. -c and -d end; a plain logcat stays open until the client leaves."""
    flags = {word for word in call.args if word.startswith("-")}
    if {"-c", "--clear", "-g", "--help", "-S", "--statistics", "-G", "-p"} & flags:
        return 0
    buffers = [call.args[at + 1] for at, word in enumerate(call.args[:-1]) if word == "-b"]
    if not buffers or {"main", "all", "default"} & set(",".join(buffers).split(",")):
        await call.line("--------- beginning of main")
    if not {"-d", "-t", "-L"} & {flag[:2] for flag in flags}:
        await until_closed(call)
    return 0


async def _reboot(call: Call) -> int:
    host = call.shell.host
    off = bool({"-p", "shutdown"} & set(call.args))
    if host is None:
        raise CommandError("nothing serves this phone over adb, so it cannot leave")
    (host.power_off if off else host.reboot)()
    return 0


COMMANDS: Final[dict[str, Command]] = {
    "cal": _cal,
    "date": _date,
    "dmesg": _nothing,
    "free": _free,
    "getenforce": _getenforce,
    "hostname": _hostname,
    "id": _id,
    "kill": _kill,
    "killall": _kill,
    "logcat": _logcat,
    "log": _nothing,
    "mount": _mount,
    "nproc": _nproc,
    "pgrep": _pgrep,
    "pidof": _pidof,
    "pkill": _kill,
    "ps": _ps,
    "reboot": _reboot,
    "setenforce": _nothing,
    "start": _nothing,
    "stop": _nothing,
    "su": _su,
    "top": _top,
    "umount": _nothing,
    "uname": _uname,
    "uptime": _uptime,
    "whoami": _whoami,
}
