"""Commands beyond the contract's rows: filters, SQL, simctl, and that nothing reaches the host."""

import asyncio
import hashlib
import json
import shlex
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from simphone.phone.phone import Phone
from simphone.shell.commands import COMMANDS
from simphone.shell.session import run, run_sync
from simphone.shell.streams import MemoryReader, MemoryWriter

TEXT = "alpha 1\nbeta 22\ngamma 3\nbeta 4\n"

FILTERS = {
    "grep beta": "beta 22\nbeta 4\n",
    "grep -n gamma": "3:gamma 3\n",
    "grep -c beta": "2\n",
    "grep -v beta": "alpha 1\ngamma 3\n",
    "grep -i BETA | head -1": "beta 22\n",
    "grep -E '^(alpha|gamma) [0-9]$'": "alpha 1\ngamma 3\n",
    r"grep '^\(al\)pha\|gamma'": "alpha 1\ngamma 3\n",
    "grep -oE '[0-9]+'": "1\n22\n3\n4\n",
    "grep -w 2": "",
    "grep -x 'gamma 3'": "gamma 3\n",
    "grep -A1 alpha": "alpha 1\nbeta 22\n",
    "grep -B1 gamma": "beta 22\ngamma 3\n",
    "grep -e alpha -e gamma": "alpha 1\ngamma 3\n",
    "grep -m1 beta": "beta 22\n",
    "grep '[[:digit:]]\\{2\\}'": "beta 22\n",
    "fgrep -e .": "",
    "head -n 1": "alpha 1\n",
    "head -2": "alpha 1\nbeta 22\n",
    "head -c 5": "alpha",
    "tail -n 1": "beta 4\n",
    "tail -n +3": "gamma 3\nbeta 4\n",
    "wc -l": "4\n",
    "wc": "      4       8      31\n",
    "sort": "alpha 1\nbeta 22\nbeta 4\ngamma 3\n",
    "sort -r": "gamma 3\nbeta 4\nbeta 22\nalpha 1\n",
    "sort -k2 -n": "alpha 1\ngamma 3\nbeta 4\nbeta 22\n",
    "sort -u -k1,1": "alpha 1\nbeta 22\ngamma 3\n",
    "cut -d' ' -f2": "1\n22\n3\n4\n",
    "cut -c1-3 | uniq": "alp\nbet\ngam\nbet\n",
    "cut -c1-4 | sort | uniq -c": "      1 alph\n      2 beta\n      1 gamm\n",
    "tr a-z A-Z | head -1": "ALPHA 1\n",
    "tr -d '\\n'": "alpha 1beta 22gamma 3beta 4",
    "tr -s a": "alpha 1\nbeta 22\ngamma 3\nbeta 4\n",
    "tr -cd '[:digit:]'": "12234",
    "sed -n 2p": "beta 22\n",
    "sed 's/beta/B/; 3d'": "alpha 1\nB 22\nB 4\n",
    "sed -E 's/([a-z]+) ([0-9]+)/\\2 \\1/g' | head -1": "1 alpha\n",
    "sed 's/a/X/2' | head -1": "alphX 1\n",
    "sed '/beta/,/gamma/d'": "alpha 1\n",
    "sed -n '$p'": "beta 4\n",
    "sed 1q": "alpha 1\n",
    "sed 's|/|_|; s/$/!/' | tail -1": "beta 4!\n",
    "awk '{print $2}'": "1\n22\n3\n4\n",
    "awk -F'a' 'NR==1 {print $1 \"-\" $2}'": "-lph\n",
    "awk '/beta/ {n++; s+=$2} END {print n, s}'": "2 26\n",
    'awk \'$2 > 3 && $1 != "gamma" {print NR":"$0}\'': "2:beta 22\n4:beta 4\n",
    "awk '{ if (length($1) > 4) print toupper(substr($1,1,2)); else print $NF }'": "AL\n22\nGA\n4\n",
    'awk -v x=5 \'BEGIN {printf "%03d|%s\\n", x, "y"}\'': "005|y\n",
    "xargs echo": "alpha 1 beta 22 gamma 3 beta 4\n",
    "xargs -n 2 echo | head -1": "alpha 1\n",
    "xargs -I{} echo '<{}>' | head -1": "<alpha 1>\n",
    "tac | head -1": "beta 4\n",
    "tee /sdcard/t | wc -c; cat /sdcard/t | wc -c": "31\n31\n",
    "md5sum": hashlib.md5(TEXT.encode(), usedforsecurity=False).hexdigest() + "  -\n",
}


@pytest.mark.parametrize("command", FILTERS)
def test_filters(sh, command):
    _, out, err = sh(command, TEXT.encode())
    assert (out, err) == (FILTERS[command], "")


@pytest.mark.parametrize(
    "command", ["grep -E '(a+)+$'", "grep '[a'", "sed 's/a'", "awk '{'", "awk '{print (((('", "sort -k x"]
)
def test_filters_refuse_what_they_cannot_read(sh, command):
    status, out, err = sh(command, TEXT.encode())
    assert status in (1, 2) and not out and err


def test_grep_follows_a_stream_and_stops_it(sh):
    assert sh("logcat | grep -m 1 beginning")[:2] == (0, "--------- beginning of main\n")


# --- SQL ----------------------------------------------------------------------------------------------------------
DB = "/data/local/tmp/x.db"


def test_sql_is_real_and_kept(sh):
    sh(f"sqlite3 {DB} \"create table t(a, b); insert into t values (1, 'x;y'), (2.5, null); pragma journal_mode=wal\"")
    assert sh(f"sqlite3 {DB} 'select * from t'")[1] == "1|x;y\n2.5|\n"
    assert sh(f"sqlite3 -header -csv {DB} 'select * from t'")[1] == "a,b\n1,x;y\n2.5,\n"
    assert sh(f"sqlite3 -json {DB} 'select * from t'")[1] == '[{"a":1,"b":"x;y"},\n{"a":2.5,"b":null}]\n'
    assert sh(f"sqlite3 -separator , {DB} 'select a, b from t where a = 1'")[1] == "1,x;y\n"
    assert sh(f"sqlite3 {DB}", b".tables\nselect count(*)\nfrom t;\n")[1] == "t\n2\n"
    assert sh(f"head -c 15 {DB}")[1] == "SQLite format 3"


def test_sql_errors_are_told(sh):
    assert sh(f"sqlite3 {DB} 'select * from none'")[::2] == (1, "Error: no such table: none\n")
    sh(f"echo 'this is not a database at all' > {DB}")
    assert "not a database" in sh(f"sqlite3 {DB} 'select * from sqlite_master'")[2]


@pytest.mark.parametrize(
    "sql",
    [
        "attach '/tmp/simphone-must-not-exist.db' as x",
        "attach '/tmp/simphone-must' || '-not-exist.db' as x",
        "vacuum into '/tmp/simphone-must-not-exist.db'",
        "select load_extension('x')",
        "pragma temp_store_directory='/tmp'",
        "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    ],
)
def test_sql_stays_in_its_sandbox(sh, sql):
    status, _, err = sh(f'sqlite3 {DB} "{sql}"')
    assert status == 1 and err.startswith("Error: ")
    assert not Path("/tmp/simphone-must-not-exist.db").exists()


# --- content providers --------------------------------------------------------------------------------------------
def test_content_providers_take_sql_conditions(sh):
    uri = "--uri content://sms/inbox"
    for number, body in ((1, "one"), (2, "two")):
        sh(f"content insert {uri} --bind address:s:{number} --bind body:s:{body}")
    assert sh(f"content query {uri} --where \"body='two'\"")[1] == "Row: 0 _id=2, address=2, body=two\n"
    assert sh(f"content query {uri} --projection body --sort 'body desc'")[1] == "Row: 0 body=two\nRow: 1 body=one\n"
    sh(f"content update {uri} --bind body:s:three --where 'address=1'")
    sh("content delete --uri content://sms/inbox/2")
    assert sh("content query --uri content://sms")[1] == "Row: 0 _id=1, address=1, body=three\n"
    assert sh(f"content query {uri} --where 'no such syntax'")[0] == 255
    assert sh("content query --uri content://settings/system/time_12_24 --projection value")[1] == "Row: 0 value=12\n"


# --- simctl -------------------------------------------------------------------------------------------------------
def test_state_is_compact_sorted_json(sh, phone):
    _, out, _ = sh("simctl state")
    assert json.loads(out) == json.loads(json.dumps(phone.json_state()))
    assert out == json.dumps(json.loads(out), separators=(",", ":"), sort_keys=True, ensure_ascii=False) + "\n"
    assert sh("simctl state --path clock.zone")[1] == '"Asia/Shanghai"\n'
    assert sh("simctl state --path 'bad['")[0] == 2


def test_reset_takes_a_patch_in_three_ways(sh, phone):
    patch = json.dumps({"settings": {"global": {"it's": 'a "patch"'}}})
    for command, stdin in (
        (f"simctl reset --patch {shlex.quote(patch)}", b""),
        (f"simctl reset --patch-b64 {b64encode(patch.encode()).decode()}", b""),
        ("simctl reset --patch-stdin", patch.encode()),
    ):
        assert sh("simctl reset", b"") == (0, "", "")
        assert "it's" not in phone.state["settings"]["global"]
        assert sh(command, stdin) == (0, "", "")
        assert phone.state["settings"]["global"]["it's"] == 'a "patch"'


@pytest.mark.parametrize(
    "arguments",
    ["--world none", "--patch '{\"apps\":5}'", "--patch '[1]'", "--patch '{'", "--patch-b64 '*'", "--what", "--patch"],
)
def test_a_reset_that_cannot_be_done_changes_nothing(sh, phone, arguments):
    sh("settings put global kept 1")
    status, out, err = sh(f"simctl reset {arguments}")
    assert status in (1, 2) and not out and err
    assert phone.setting("global", "kept") == "1"


def test_snapshots(sh):
    sh("settings put global x 1; simctl snapshot save 'a tag'; settings put global x 2")
    assert sh("simctl snapshot list")[1] == '["a tag"]\n'
    assert sh("simctl snapshot load 'a tag'; settings get global x")[1] == "1\n"
    assert sh("simctl snapshot delete 'a tag'; simctl snapshot list")[1] == "[]\n"
    assert sh("simctl snapshot load none")[0] == 1


def test_the_clock_moves_only_when_told(sh):
    assert json.loads(sh("simctl clock advance 1500; true")[1])["epoch_ms"] == 1715313601500
    assert json.loads(sh("sleep 2; usleep 500000; simctl clock")[1])["epoch_ms"] == 1715313604000
    assert json.loads(sh("simctl clock set 1715313600000")[1])["local"] == "2024-05-10T12:00:00"
    assert sh("simctl clock set -5")[0] == 2


def test_the_phone_says_that_it_is_simulated(sh):
    info = json.loads(sh("simctl info")[1])
    assert info["simulated"] is True and info["world"] == "androidlab" and info["version"]
    assert sh("simctl dark on; settings get secure ui_night_mode; cmd uimode night")[1] == "2\nNight mode: yes\n"


class StandInHost:
    """Counts what the shell asks of its host."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def reboot(self) -> None:
        self.calls.append("reboot")

    def power_off(self) -> None:
        self.calls.append("power_off")

    async def fork(self) -> str:
        self.calls.append("fork")
        return "emulator-5556"


def test_the_host_is_asked_for_power_and_twins(phone):
    host, out = StandInHost(), MemoryWriter()
    command = "simctl fork; reboot; reboot -p; svc power shutdown"
    asyncio.run(run(phone, command, stdin=MemoryReader(), stdout=out, stderr=out, host=host))
    assert out.data == b'{"serial":"emulator-5556"}\n'
    assert host.calls == ["fork", "reboot", "power_off", "power_off"]


def test_without_a_host_they_are_refused(sh):
    assert sh("simctl fork")[0] == 1
    assert sh("reboot")[0] == 1


# --- input --------------------------------------------------------------------------------------------------------
def test_motion_events_of_several_calls_are_one_gesture(sh, phone):
    before = phone.foreground()
    sh("input motionevent DOWN 360 1500; input motionevent MOVE 360 900; input motionevent UP 360 300")
    assert "pointer" not in phone.state
    sh("input motionevent DOWN 1 1; input motionevent CANCEL 1 1")
    assert "pointer" not in phone.state and phone.foreground() == before


def test_monkey_is_the_same_for_the_same_seed(template):
    def play(seed: int) -> bytes:
        phone = template.fork()
        assert run_sync(phone, f"monkey -s {seed} 60")[0] == 0
        return phone.snapshot()

    assert play(7) == play(7)
    assert play(7) != play(8)


# --- the host -----------------------------------------------------------------------------------------------------
class Watch:
    """Notes what Python is asked to do to the host while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self.note)

    def note(self, event: str, args: tuple) -> None:
        if not self.on:
            return
        writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
        if writes or event.startswith(("os.", "subprocess.", "shutil.", "socket.", "ctypes.")):
            if event not in ("os.listdir", "os.scandir"):
                self.seen.append(f"{event} {args}")
        elif event == "sqlite3.connect" and args[0] != ":memory:":
            self.seen.append(f"{event} {args}")


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


ARGUMENTS = (
    "",
    "/tmp",
    "-r /etc/passwd",
    "/etc/passwd /tmp/simphone-must-not-exist",
    "'$(touch /tmp/simphone-must-not-exist)'",
    "--help",
)


def test_no_command_reaches_the_host(template, watch):
    """Every command, with a handful of hostile arguments."""
    phone = template.fork()
    endless = {"screenrecord", "logcat"}
    for name in sorted(COMMANDS.keys() - endless):
        run_sync(phone.fork(), f"{name} /tmp", b"x")  # so that lazy imports are done
        for arguments in ARGUMENTS:
            twin = phone.fork()
            loop = asyncio.new_event_loop()
            out = MemoryWriter()
            work = run(twin, f"{name} {arguments}", stdin=MemoryReader(b"x"), stdout=out, stderr=out)
            watch.on = True
            try:
                status = loop.run_until_complete(work)
            finally:
                watch.on = False
                loop.close()
            assert 0 <= status <= 255
            assert b"root:x:0" not in out.data, name
    assert watch.seen == []


def test_the_phones_paths_are_not_the_hosts(sh):
    assert sh("cat /etc/passwd /proc/self/environ /root/.ssh/id_rsa")[1] == ""
    assert sh("ls /tmp")[0] == 1
    assert isinstance(sh("env")[1], str) and "PYTEST" not in sh("env")[1]


def test_a_new_phone_answers_too():
    assert run_sync(Phone(width=720, height=1560, density=280), "echo ok") == (0, b"ok\n", b"")
