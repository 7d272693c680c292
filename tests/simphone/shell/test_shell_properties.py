"""Whatever text comes in, the shell reads it as its own language or says why not."""

import contextlib
import shlex
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simphone.core.files import FileTree
from simphone.shell import arith
from simphone.shell.commands.awk_program import Program
from simphone.shell.commands.basics import printf
from simphone.shell.commands.database import sandbox, statements
from simphone.shell.commands.regex import compile_posix
from simphone.shell.commands.sed import _Reader
from simphone.shell.errors import CommandError
from simphone.shell.parse import parse
from simphone.shell.session import run_sync
from simphone.shell.words import ShellSyntaxError, unescape

PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
SHELL_SOUP = st.text(alphabet="ab1 \n\t;&|<>(){}[]$`'\"\\!=*?#~-/", max_size=60)
TOKENS = [
    "if", "then", "elif", "else", "fi", "while", "until", "for", "in", "do", "done", "case", "esac", "{", "}", "(", ")",
    "[[", "]]", ";", ";;", "&&", "||", "|", "&", "!", "$(", "`", "'", '"', "$((", "))", "${", "<<E", ">", "a", "x=1",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(TOKENS), max_size=25).map(" ".join)


class Device:
    """Just enough of a phone for a shell without commands of the phone."""

    def __init__(self) -> None:
        self.state = {"device": {"device": "emu64xa"}, "clock": {"epoch_ms": 0, "zone": "UTC"}, "files": {}}

    @property
    def files(self) -> FileTree:
        return FileTree(self.state["files"])

    def advance(self, ms: int) -> None:
        self.state["clock"]["epoch_ms"] += ms


@given(PRINTABLE)
def test_what_is_quoted_arrives(text):
    assert run_sync(Device(), f"printf '%s' {shlex.quote(text)}") == (0, text.encode(), b"")
    assert run_sync(Device(), f"echo -E {shlex.quote('x' + text)}") == (0, b"x" + text.encode() + b"\n", b"")


@given(PRINTABLE.filter(lambda text: "\\" not in text))
def test_what_is_quoted_and_has_no_escape_is_echoed(text):
    """mksh's echo takes backslash escapes."""
    assert run_sync(Device(), f"echo {shlex.quote('x' + text)}") == (0, b"x" + text.encode() + b"\n", b"")


@given(PRINTABLE)
def test_backslashes_quote_too(text):
    escaped = "".join("\\" + char for char in text)
    assert run_sync(Device(), f"printf '%s' x{escaped}")[1] == ("x" + text).encode()


@given(PRINTABLE.filter(lambda text: not set('$`\\"') & set(text)))
def test_double_quotes_keep_text_and_variables_keep_values(text):
    assert run_sync(Device(), f'X="{text}"; printf "%s" "$X"')[1] == text.encode()
    assert run_sync(Device(), f"printf '%s' \"$(printf '%s' \"{text}\")\"")[1] == text.encode()


@given(st.one_of(SHELL_SOUP, WORDS, PRINTABLE))
@settings(max_examples=400)
def test_the_parser_raises_only_its_own_error(source):
    with contextlib.suppress(ShellSyntaxError):
        parse(source)


@given(st.one_of(SHELL_SOUP, WORDS))
@settings(max_examples=200, deadline=None)
def test_running_anything_ends_with_a_status(source):
    device = Device()
    status, _, _ = run_sync(device, source, b"line\n")
    assert 0 <= status <= 255


@pytest.mark.parametrize(
    "source", ["(" * 5000, "$(" * 5000, "`" * 5001, '"$(' * 3000, "${" * 5000, "{ " * 5000, "! " * 5000, "if " * 5000]
)
def test_deep_nesting_is_refused(source):
    with pytest.raises(ShellSyntaxError):
        parse(source)


@given(st.text(alphabet="0123456789+-*/%()<>=!&|?:,xyab ", max_size=30))
def test_arithmetic_raises_only_its_own_error(expression):
    with contextlib.suppress(arith.ArithError):
        assert -(1 << 31) <= arith.evaluate(expression, {"x": "3"}) < 1 << 31


@given(st.text(alphabet="ab*+?.[](){}|\\^$-,1:2", max_size=16), st.booleans())
def test_regular_expressions_raise_only_their_own_error(pattern, extended):
    with contextlib.suppress(CommandError):
        compile_posix(pattern, extended=extended)


@given(st.text(alphabet="spydq/ab&\\12gn{};,$!\n ", max_size=20))
def test_sed_raises_only_its_own_error(script):
    with contextlib.suppress(CommandError):
        _Reader(script, extended=False).rules()


@given(st.text(alphabet='BEGIN{}print$1NF/ab/"x;+-=<>~!?:(),& ', max_size=30))
def test_awk_raises_only_its_own_error(program):
    with contextlib.suppress(CommandError):
        Program(program).rules()


@given(st.text(max_size=20), st.lists(st.text(max_size=5), max_size=3))
def test_printf_and_escapes_never_fail_otherwise(template, arguments):
    unescape(template)
    with contextlib.suppress(CommandError):
        printf("%5s|%d|%x" + template, arguments)


@given(
    st.lists(st.sampled_from(["select 1", "select ';'", "-- a;b\nselect 2", "create trigger t begin select 1; end"]))
)
def test_scripts_are_split_into_complete_statements(parts):
    made = list(statements("; ".join(parts)))
    assert all(sqlite3.complete_statement(sql + ";") for sql in made)
    assert len(made) == len(parts)


@given(st.binary(max_size=200))
def test_any_bytes_may_be_opened_as_a_database(image):
    with contextlib.suppress(sqlite3.Error), sandbox(image) as base:
        base.execute("select * from sqlite_master").fetchall()
