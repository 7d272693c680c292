"""The shell's language: what mksh would say."""

import asyncio

import pytest

from simphone.shell.session import run
from simphone.shell.streams import MemoryReader, MemoryWriter

SH = "/system/bin/sh"

SCRIPTS = {
    # quoting
    r"""echo 'a  b' "c  d" e\ \ f""": "a  b c  d e  f\n",
    r"""echo 'it'"'"'s' \$5 \(a\) "a\"b" wor\'ld""": "it's $5 (a) a\"b wor'ld\n",
    "echo a#b # not this": "a#b\n",
    "echo a\\\nb": "ab\n",
    r"printf '%s\n' $'q\tr\x41'": "q\trA\n",
    'echo ""; echo': "\n\n",
    # variables
    "X=1; echo $X ${X}y \"$X\" '$X'": "1 1y 1 $X\n",
    "X='a  b'; echo $X; echo \"$X\"": "a b\na  b\n",
    "X=1 env | grep ^X=": "X=1\n",
    "X=1 true; echo [$X]": "[]\n",
    "export LOG=\"''\"; echo $LOG": "''\n",
    "X=5; unset X; echo ${X:-none} ${X-none}": "none none\n",
    "echo ${X:=set}; echo $X ${#X} ${X:+alt}": "set\nset 3 alt\n",
    "f=/a/b.tar.gz; echo ${f##*/} ${f#*/} ${f%.*} ${f%%.*} ${f/b/B} ${f//a/A} ${f:1:3}": (
        "b.tar.gz a/b.tar.gz /a/b.tar /a/b /a/B.tar.gz /A/b.tAr.gz a/b\n"
    ),
    "echo $((1+2*3)) $((10/3)) $((-7%3)) $((1<<31)) $((2>1 && 0)) $((0x10))": "7 3 -1 -2147483648 0 16\n",
    "i=1; echo $((i+=2)) $i $((i>2?7:8))": "3 3 7\n",
    # substitutions
    "echo $(echo a; echo b) `echo c`": "a b c\n",
    'echo "$(echo "a  b")"': "a  b\n",
    "echo $(echo $(echo deep))": "deep\n",
    "x=$(false); echo $?": "1\n",
    # lists
    "true && echo a || echo b; false && echo c || echo d": "a\nd\n",
    "! false; echo $?; ! true; echo $?": "0\n1\n",
    "(exit 5); echo $?; { false; }; echo $?": "5\n1\n",
    "(cd /sdcard; pwd); pwd": "/sdcard\n/\n",
    "echo a; exit 3; echo b": "a\n",
    # conditions
    "if [ -d /sdcard ]; then echo yes; else echo no; fi": "yes\n",
    'if [ -f "/sdcard/x y" ]; then echo "Exists"; else echo "Does not exist"; fi': "Does not exist\n",
    "if false; then echo a; elif true; then echo b; fi": "b\n",
    "[ 1 -lt 2 -a a = a ] && [ ! a = b ] && [ x ] && echo ok": "ok\n",
    "[[ abc == a* && -d /sdcard ]] && echo ok; [[ abc == 'a*' ]] || echo no": "ok\nno\n",
    "test -f /sdcard/none && echo exists; echo $?": "1\n",
    # loops
    "for i in 1 'b c' $(echo d e); do echo $i; done": "1\nb c\nd\ne\n",
    "i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done": "1\n3\n",
    "until false; do echo once; break; done": "once\n",
    "for i in 1 2; do for j in 1 2; do break 2; done; echo no; done; echo end": "end\n",
    "case foo.txt in *.png|*.jpg) echo p;; *.txt) echo t;; *) echo o; esac": "t\n",
    "seq 3 | while read n; do echo n$n; done": "n1\nn2\nn3\n",
    # functions
    'f() { echo $1 $#; return 4; }; f "a b" c; echo $?': "a b 2\n4\n",
    'set -- x "y z"; for a in "$@"; do echo $a; done; shift; echo $1': "x\ny z\ny z\n",
    # redirections
    "echo a > /sdcard/o; echo b >> /sdcard/o; cat < /sdcard/o": "a\nb\n",
    "foo > /dev/null 2>&1; echo $?": "127\n",
    "foo 2>&1 | wc -l": "1\n",
    "{ echo a; foo; } &> /sdcard/o; cat /sdcard/o": f"a\n{SH}: foo: inaccessible or not found\n",
    "cat <<EOF\nv=$HOME\nEOF\ncat <<'EOF'\nv=$HOME\nEOF": "v=/\nv=$HOME\n",
    'read a b <<< "one two three"; echo "$b|$a"': "two three|one\n",
    "exec > /sdcard/o; echo hidden": "",
    # globs and braces
    "cd /sdcard; echo D*; echo none*; echo 'D*'": "DCIM Documents Download\nnone*\nD*\n",
    "echo a{b,c}d {x} '{y,z}'": "abd acd {x} {y,z}\n",
    # options
    "set -e; echo a; false; echo b": "a\n",
    "set -e; false || true; if false; then :; fi; echo b": "b\n",
    "sh -c 'echo $0 $1' name arg": "name arg\n",
    "echo 'echo from $1' > /sdcard/s.sh; sh /sdcard/s.sh here": "from here\n",
    "eval 'echo a b'; command -v input; type cd": "a b\n/system/bin/input\ncd is a shell builtin\n",
    "/system/bin/echo direct": "direct\n",
    "sleep 1 & wait; echo done": "done\n",
    "exec echo a; echo b": "a\n",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=range(len(SCRIPTS)))
def test_scripts(sh, script):
    _, out, err = sh(script)
    assert (out, err) == (SCRIPTS[script], "")


@pytest.mark.parametrize(
    ("script", "status", "message"),
    [
        ("foo", 127, f"{SH}: foo: inaccessible or not found\n"),
        ("/sdcard/none.sh", 127, f"{SH}: /sdcard/none.sh: inaccessible or not found\n"),
        ("/sdcard", 126, f"{SH}: /sdcard: can't execute: Is a directory\n"),
        ("'", 1, f"{SH}: no closing quote\n"),
        ('echo "a', 1, f"{SH}: no closing quote\n"),
        ("if true; then", 1, f"{SH}: syntax error: unexpected EOF\n"),
        ("fi", 1, f"{SH}: syntax error: unexpected 'fi'\n"),
        ("echo a; )", 1, f"{SH}: syntax error: unexpected ')'\n"),
        ("echo $(", 1, f"{SH}: syntax error: unmatched '$('\n"),
        ("cat < /nofile", 1, f"{SH}: can't open /nofile: No such file or directory\n"),
        ("echo > /nodir/f", 1, f"{SH}: can't open /nodir/f: No such file or directory\n"),
        ("echo $((1/0))", 1, f"{SH}: zero divisor\n"),
        ("cd /none", 2, f"{SH}: cd: /none: No such file or directory\n"),
        ("f() { f; }; f", 1, f"{SH}: too many nested functions\n"),
        ("exit 300", 44, ""),
        ("rm", 1, 'rm: Needs 1 argument (see "rm --help")\n'),
        ("ls -@", 1, "ls: Unknown option '@' (see \"ls --help\")\n"),
    ],
)
def test_errors_speak_like_mksh(sh, script, status, message):
    assert sh(script)[::2] == (status, message)


def test_an_endless_loop_is_stopped(sh):
    status, _, err = sh("while true; do :; done")
    assert status == 137 and "stopped by the simulated phone" in err


def test_an_exploding_variable_is_stopped(sh):
    status, _, err = sh("x=aaaaaaaaaaaaaaaa; while true; do x=$x$x$x$x; done")
    assert status == 1 and "out of memory" in err


def test_stderr_comes_in_order_before_the_marker(phone):
    """The old shell service has one stream for both."""
    both = MemoryWriter()
    asyncio.run(run(phone, "ls /nope; echo X4EXIT:$?", stdin=MemoryReader(), stdout=both, stderr=both))
    assert bytes(both.data) == b"ls: /nope: No such file or directory\nX4EXIT:1\n"


def test_pipes_run_side_by_side(sh):
    assert sh("yes | head -n 2")[:2] == (0, "y\ny\n")
    assert sh("seq 100000 | tail -n 1")[1] == "100000\n"


def test_a_stream_stays_open_until_it_is_closed(phone):
    async def follow() -> tuple[bytes, bool]:
        out = MemoryWriter()
        work = asyncio.create_task(run(phone, "logcat -v epoch '*:S'", stdin=MemoryReader(), stdout=out, stderr=out))
        done, _ = await asyncio.wait({work}, timeout=0.05)
        work.cancel()
        return bytes(out.data), bool(done)

    out, done = asyncio.run(follow())
    assert out == b"--------- beginning of main\n" and not done


def test_an_interactive_shell_reads_its_commands_from_stdin(phone):
    def session(tty: bool) -> str:
        lines = MemoryReader(b"echo a\ncd /sdcard\npwd\nexit\n")
        out = MemoryWriter()
        asyncio.run(run(phone, "", stdin=lines, stdout=out, stderr=out, tty=tty))
        return out.data.decode()

    assert session(tty=False) == "a\n/sdcard\n"
    home, card = "emu64xa:/ # ", "emu64xa:/sdcard # "
    assert session(tty=True) == f"{home}a\n{home}{card}/sdcard\n{card}"


def test_bytes_that_are_not_text_survive(phone, sh):
    data = bytes(range(256))
    phone.files.write("/sdcard/raw", data)
    assert phone.files.load("/sdcard/raw") == data
    sh("cat /sdcard/raw | cat > /sdcard/copy; cp /sdcard/raw /sdcard/two")
    sh("base64 /sdcard/raw | base64 -d > /sdcard/three")
    assert all(phone.files.load(f"/sdcard/{name}") == data for name in ("copy", "two", "three"))
