"""Labelling in a terminal: the episode in words, and where its screenshots lie."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from evaluation.judge.labelling.session import Item, Labelling, Word
from phonebench.schema.text import visible

WORDS: dict[str, Word] = {"p": "pass", "f": "fail"}
ASK = "[p]ass [f]ail [s]kip [u]ndo [q]uit: "


def label_in_terminal(labelling: Labelling, out: Console, ask: Callable[[str], str] = input) -> int:
    """Ask about one episode after the other; returns how many were labelled. Ends at q or at the end of input."""
    before = labelling.done
    while (current := labelling.next()) is not None:
        number, item = current
        _show(out, item, f"{labelling.done + 1} of {labelling.total}")
        try:
            key = ask(ASK).strip().lower()[:1]
        except EOFError:
            break
        if key == "q":
            break
        if key in WORDS:
            labelling.say(number, WORDS[key])
        elif key == "s":
            labelling.skip(number)
        elif key == "u" and not labelling.undo():
            out.print("nothing to take back in this session")
    return labelling.done - before


def _show(out: Console, item: Item, count: str) -> None:
    result = item.episode.result
    out.rule(Text(count))
    out.print(Text(visible(item.episode.info.instruction), style="bold"))
    for says in item.goals:
        out.print(Text(visible(f"  must hold: {says}")))
    for line in item.actions:
        out.print(Text(visible(f"  {line}")))
    out.print(Text(visible(f"  ended: {result.outcome.value}; answer: {result.answer or '-'}")))
    for frame in item.frames[-3:]:
        out.print(Text(f"  {item.episode.folder / frame.screen}"), soft_wrap=True)
