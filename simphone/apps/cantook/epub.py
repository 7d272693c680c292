"""EPUB files: what Cantook takes from one at its import.

A file is a ZIP archive: META-INF/container.xml names the package document (OPF), which holds title, creator, subjects
(Dublin Core) and the spine, the order of the XHTML documents (EPUB 3.3, sections 4 and 5). Files are whatever the user
has: sizes are bounded, and anything odd is a NotABookError.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET

_CONTAINER: Final = "META-INF/container.xml"
_MOST_BYTES: Final = 2_000_000
"""Of one document in the archive."""
_MOST_PARTS: Final = 200
_MOST_TEXT: Final = 3_000_000
"""Characters of a whole book; War and Peace has about as many."""
_MOST_NAME: Final = 300
"""Characters of a title or a name that are kept."""
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What zipfile raises for damaged archives, or for ones it does not understand."""
_BLOCKS: Final = frozenset({"h1", "h2", "h3", "h4", "p", "li", "blockquote"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})


class NotABookError(ValueError):
    """The bytes are no EPUB that can be read; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document of the spine: its first heading, and its lines of text."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """What is taken from a file."""

    title: str
    author: str
    subjects: tuple[str, ...]
    about: str
    chapters: tuple[Chapter, ...]


def parse(data: bytes) -> Publication:
    """Read a file. Raises NotABookError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _publication(archive)
    except NotABookError:
        raise
    except _UNREADABLE as error:
        raise NotABookError(f"no readable ZIP archive: {error}") from error


def _document(archive: zipfile.ZipFile, name: str) -> ET.Element:
    try:
        with archive.open(name) as part:
            data = part.read(_MOST_BYTES + 1)
    except KeyError as error:
        raise NotABookError(f"{name} is missing") from error
    if len(data) > _MOST_BYTES:
        raise NotABookError(f"{name} is larger than {_MOST_BYTES} bytes")
    if b"<!ENTITY" in data:
        raise NotABookError(f"{name} declares entities")
    try:
        return ET.fromstring(data)  # noqa: S314 - bounded in size, and no entities: see above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise NotABookError(f"{name} is no XML: {error}") from error


def _publication(archive: zipfile.ZipFile) -> Publication:
    root = next(_document(archive, _CONTAINER).iterfind(".//{*}rootfile"), None)
    path = root.get("full-path", "") if root is not None else ""
    package = _document(archive, path)
    title = _first(package, "title")
    if not title:
        raise NotABookError(f"{path} gives no title")
    return Publication(
        title=title,
        author=_first(package, "creator") or "Unknown author",
        subjects=tuple(found for each in package.iterfind(".//{*}subject") if (found := _words(each)[:_MOST_NAME])),
        about=_first(package, "description"),
        chapters=tuple(_chapters(archive, package, posixpath.dirname(path))),
    )


def _first(package: ET.Element, name: str) -> str:
    found = package.find(f".//{{*}}metadata/{{*}}{name}")
    return _words(found)[:_MOST_NAME] if found is not None else ""


def _words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _chapters(archive: zipfile.ZipFile, package: ET.Element, folder: str) -> list[Chapter]:
    places = {each.get("id", ""): each.get("href", "") for each in package.iterfind(".//{*}manifest/{*}item")}
    spine = [each.get("idref", "") for each in package.iterfind(".//{*}spine/{*}itemref")][:_MOST_PARTS]
    chapters: list[Chapter] = []
    room = _MOST_TEXT
    for name in spine:
        if room <= 0:
            break
        document = _document(archive, posixpath.normpath(posixpath.join(folder, unquote(places.get(name, "")))))
        blocks = [(each.tag.rpartition("}")[2], _words(each)) for each in document.iter() if isinstance(each.tag, str)]
        blocks = [(tag, words) for tag, words in blocks if tag in _BLOCKS and words]
        heading = next((words for tag, words in blocks if tag in _HEADINGS), "")
        lines = tuple(words for _, words in blocks if words != heading)
        room -= sum(map(len, lines))
        if heading or lines:
            chapters.append(Chapter(heading, lines))
    return chapters
