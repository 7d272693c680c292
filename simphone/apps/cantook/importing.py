"""Files into books."""

from __future__ import annotations

import posixpath
from typing import Final

from simphone.apps.cantook import epub
from simphone.apps.cantook.state import Book, Page, add_book
from simphone.core.app import Ctx
from simphone.core.files import SDCARD, FileTree

DOWNLOADS: Final = f"{SDCARD}/Download"
SUFFIX: Final = ".epub"
_PAGE_CHARS: Final = 900
"""Of text on a page."""


def tree(ctx: Ctx) -> FileTree:
    """The phone's files, to look at."""
    return FileTree(ctx.system.state["files"])


def books_in(files: FileTree, folder: str) -> list[str]:
    """Paths of the e-books in a folder, not below it."""
    paths = [posixpath.join(folder, name) for name in files.listdir(folder)] if files.isdir(folder) else []
    return [path for path in paths if path.lower().endswith(SUFFIX) and files.isfile(path)]


def take(ctx: Ctx, paths: list[str]) -> tuple[int, int]:
    """Import files; how many became books, and how many could not."""
    taken = failed = 0
    for path in paths:
        data = ctx.system.read_file(path)
        try:
            found = epub.parse(data if data is not None else b"")
        except epub.NotABookError:
            failed += 1
            continue
        add_book(ctx, _book(found, path, ctx.system.epoch_ms() + taken))
        taken += 1
    return taken, failed


def told(taken: int, failed: int) -> str:
    """The notice after an import."""
    if failed and not taken:
        return "The file could not be imported" if failed == 1 else f"{failed} files could not be imported"
    books = "1 book imported" if taken == 1 else f"{taken} books imported"
    return books + (f", {failed} failed" if failed else "")


def _book(found: epub.Publication, path: str, added: int) -> Book:
    return {
        "title": found.title,
        "author": found.author,
        "progress": 0.0,
        "finished": False,
        "categories": list(found.subjects),
        "added": added,
        "read": 0,
        "file": path,
        "about": found.about,
        "pages": _pages(found.chapters),
        "bookmarks": [],
    }


def _pages(chapters: tuple[epub.Chapter, ...]) -> list[Page]:
    pages: list[Page] = []
    for chapter in chapters:
        room = 0
        for line in chapter.lines or ("",):
            if room < len(line) or not pages or pages[-1]["chapter"] != chapter.title:
                pages.append({"at": 0.0, "chapter": chapter.title, "lines": []})
                room = _PAGE_CHARS
            pages[-1]["lines"].append(line)
            room -= len(line)
    for index, page in enumerate(pages):
        page["at"] = round(100.0 * index / max(1, len(pages) - 1), 1)
    return pages
