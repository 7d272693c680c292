"""The file tree: plain data over a fixed base."""

import contextlib
import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simphone.core.files import (
    SDCARD,
    EntryExists,
    FileError,
    FileTree,
    IsDirectory,
    LinkLoop,
    NoEntry,
    NotDirectory,
    NotEmpty,
    ReadOnly,
    matches,
)


@pytest.fixture
def tree() -> FileTree:
    return FileTree({}, lambda: 42)


def test_an_untouched_tree_is_empty_data(tree):
    assert tree.isdir("/sdcard/Download") and tree.listdir("/sdcard/DCIM") == ["Camera"]
    assert tree.nodes == {}


@pytest.mark.parametrize("root", ["/sdcard", "/mnt/sdcard", "/storage/self/primary", SDCARD])
def test_shared_storage_is_one_place_under_all_its_names(tree, root):
    tree.write("/sdcard/a.txt", b"1")
    assert tree.load(f"{root}/a.txt") == b"1"
    assert tree.stat(f"{root}/a.txt").path == f"{SDCARD}/a.txt"
    assert list(tree.nodes) == [f"{SDCARD}/a.txt"]


def test_write_append_and_stat(tree):
    tree.write("/sdcard/a", b"1")
    tree.write("/sdcard/a", b"2", append=True)
    assert tree.read("/sdcard/a") == b"12"
    facts = tree.stat("/sdcard/a")
    assert (facts.kind, facts.size, facts.mtime_ns, facts.owner, facts.group) == ("file", 2, 42, "u0_a158", "media_rw")


def test_removed_directories_of_the_image_stay_removed_in_the_data_alone(tree):
    tree.delete("/sdcard/DCIM", recursive=True)
    assert not tree.exists("/sdcard/DCIM/Camera") and "DCIM" not in tree.listdir("/sdcard")
    assert FileTree(copy.deepcopy(tree.nodes)).exists("/sdcard/DCIM") is False
    tree.mkdir("/sdcard/DCIM")
    assert tree.listdir("/sdcard/DCIM") == []


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda t: t.load("/sdcard/none"), NoEntry),
        (lambda t: t.load("/sdcard"), IsDirectory),
        (lambda t: t.listdir("/sdcard/f"), NotDirectory),
        (lambda t: t.load("/sdcard/f/x"), NotDirectory),
        (lambda t: t.write("/sdcard/none/x", b""), NoEntry),
        (lambda t: t.write("/sdcard/Music", b""), IsDirectory),
        (lambda t: t.mkdir("/sdcard/Music"), EntryExists),
        (lambda t: t.mkdir("/sdcard/f", parents=True), EntryExists),
        (lambda t: t.delete("/sdcard/Android"), NotEmpty),
        (lambda t: t.delete("/system", recursive=True), ReadOnly),
        (lambda t: t.write("/data/app.db", b""), ReadOnly),
        (lambda t: t.rename("/sdcard/none", "/sdcard/x"), NoEntry),
        (lambda t: t.rename("/sdcard/Music", "/sdcard/Music/inner"), NotEmpty),
        (lambda t: t.load("/sdcard/loop"), LinkLoop),
    ],
)
def test_errors_are_typed(act, error):
    tree = FileTree({}, lazy={"/data/app.db": lambda: b"made"})
    tree.write("/sdcard/f", b"")
    tree.symlink("/sdcard/loop", "/sdcard/loop")
    with pytest.raises(error):
        act(tree)


def test_lazy_files_are_seen_and_read():
    tree = FileTree({}, lazy={"/data/data/pkg/databases/a.db": lambda: b"made"})
    assert tree.listdir("/data/data/pkg") == ["databases"]
    assert tree.read("/data/data/pkg/databases/a.db") == b"made"
    assert tree.read("/data/user/0/pkg/databases/a.db") == b"made"


def test_rename_and_copy_take_whole_directories(tree):
    tree.write("/sdcard/A/B/c", b"1", parents=True)
    tree.copy("/sdcard/A", "/sdcard/C", recursive=True)
    tree.rename("/sdcard/A", "/sdcard/D")
    assert tree.read("/sdcard/C/B/c") == tree.read("/sdcard/D/B/c") == b"1"
    assert not tree.exists("/sdcard/A")


def test_globs_are_written_as_the_pattern_is(tree):
    for name in ("a1", "a2", ".a3", "b*"):
        tree.write(f"/sdcard/{name}", b"")
    assert tree.glob("/sdcard/a?") == ["/sdcard/a1", "/sdcard/a2"]
    assert tree.glob("a*", "/sdcard") == ["a1", "a2"]
    assert tree.glob("/sdcard/b[*]") == ["/sdcard/b*"]
    assert tree.glob("/sdcard/.a*") == ["/sdcard/.a3"]
    assert tree.glob("/sdcard/none*") == []
    assert tree.glob("/sdcard/D*/C*") == ["/sdcard/DCIM/Camera"]


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=8).filter(
    lambda name: name not in (".", "..")
)


@given(st.dictionaries(NAMES, st.binary(max_size=8), max_size=6))
def test_what_is_written_is_listed_and_read(contents):
    tree = FileTree({})
    tree.mkdir("/sdcard/box")
    for name, data in contents.items():
        tree.write(f"/sdcard/box/{name}", data)
    assert tree.listdir("/sdcard/box") == sorted(contents)
    assert {name: tree.load(f"/sdcard/box/{name}") for name in contents} == contents
    tree.delete("/sdcard/box", recursive=True)
    assert tree.nodes == {}


@given(st.text(alphabet="ab/.*[]~", max_size=12))
def test_no_path_raises_anything_but_a_file_error(path):
    tree = FileTree({})
    for act in (tree.load, tree.listdir, tree.delete, tree.mkdir, lambda p: tree.write(p, b""), tree.glob):
        with contextlib.suppress(FileError):
            act(path)


@given(st.text(alphabet="ab*?[]!-", max_size=12), st.text(alphabet="ab", max_size=20))
def test_patterns_never_fail(pattern, text):
    assert matches(pattern, text) in (True, False)
