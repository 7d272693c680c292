"""Text that files and devices can hold."""

from __future__ import annotations


def whole(text: str) -> str:
    """The text without halves of characters: pairs of surrogates are joined, lone ones become U+FFFD.

    JSON lets a model write `"\\ud83d"`, half of an emoji; no UTF-8 file takes it.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def visible(text: str) -> str:
    """Text from outside for a terminal: line breaks stay, what could drive the terminal or hide becomes U+FFFD."""
    return "".join(char if char.isprintable() or char.isspace() else "\ufffd" for char in text)
