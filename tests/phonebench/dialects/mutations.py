"""Replies bent at random, always the same for a seed: what the fuzzing feeds to the parsers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from spoken import VIEW, made, variants

from phonebench.schema.action import Drag, Finish, Launch, Point, PressKey, Swipe, Tap, TypeText, Wait

PIECES = [
    *("do(", "finish(", "tap(", "text(", "click(", "type(", "scroll(", "action=", "element=", "content=", "point="),
    *('"', "'", "“", "”", "‘", "（", "）", "，", "：", "\\", "\\n", "\n", "\t", "\x00", "\u200b", "\ufeff", "\ud800"),
    *("[", "]", "(", ")", "{", "}", "{{", "}}", "[[", "]]", ",", ":", "=", "#", "//", "/*", "*", "`", "```"),
    *("<answer>", "</answer>", "<think>", "</think>", "<tool_call>", "</tool_call>", "<point>", "</point>"),
    *("<|box_start|>", "<CALLED_FUNCTION>", "Action:", "Thought:", '"name": ', '"arguments": ', '"action": '),
    *('"coordinate": [', "null", "1", "-1", "1e999", "NaN", "Infinity", "9" * 400, "0x1F", "1_000", "٣", "½", "True"),
    *("None", "lambda: 0", "f'{x}'", "__import__('os').system('touch /tmp/owned')", "${IFS}", "`id`", "$(id)", "%s%n"),
    *("';--", "b'x'", "...", "é", "😀", "你好", "```json\n", "\u202e"),
]
_ACTIONS = [
    Tap(at=Point(x=140, y=250)),
    Swipe(start=Point(x=540, y=1800), end=Point(x=540, y=600)),
    Drag(start=Point(x=100, y=200), end=Point(x=300, y=400)),
    TypeText(text='say "hi", it\'s\nlate'),
    TypeText(text="你好", clear=False),
    PressKey(key="back"),
    Launch(app="Clock"),
    Wait(seconds=2),
    Finish(answer="6 of them"),
]


def good_replies() -> list[str]:
    """The corpora, and what every dialect writes."""
    corpora = (Path(__file__).parent / "corpus").glob("*.yaml")
    found = [entry["reply"] for path in sorted(corpora) for entry in yaml.safe_load(path.read_text("utf-8"))["replies"]]
    for variant in variants():
        for action in _ACTIONS:
            try:
                found.append(made(variant).render(action, VIEW))
            except ValueError:
                continue
    return found


def mutated(seed: int, count: int) -> Iterator[str]:
    """`count` replies, each a good one after one to four mutations."""
    rng = random.Random(seed)
    good = good_replies()
    for _ in range(count):
        reply = rng.choice(good)
        for _ in range(rng.randint(1, 4)):
            reply = rng.choice(_MUTATIONS)(rng, reply, good)[:20_000]
        yield reply


def _cut(rng: random.Random, reply: str) -> tuple[int, int]:
    start = rng.randrange(len(reply) + 1)
    return start, min(len(reply), start + rng.randint(0, 12))


def _delete(rng: random.Random, reply: str, good: list[str]) -> str:
    start, end = _cut(rng, reply)
    return reply[:start] + reply[end:]


def _duplicate(rng: random.Random, reply: str, good: list[str]) -> str:
    start, end = _cut(rng, reply)
    return reply[:end] + reply[start:end] * rng.randint(1, 3) + reply[end:]


def _truncate(rng: random.Random, reply: str, good: list[str]) -> str:
    return reply[: rng.randrange(len(reply) + 1)]


def _insert(rng: random.Random, reply: str, good: list[str]) -> str:
    start, _ = _cut(rng, reply)
    return reply[:start] + rng.choice(PIECES) + reply[start:]


def _replace(rng: random.Random, reply: str, good: list[str]) -> str:
    start, end = _cut(rng, reply)
    return reply[:start] + rng.choice(PIECES) + reply[end:]


def _splice(rng: random.Random, reply: str, good: list[str]) -> str:
    other = rng.choice(good)
    return reply[: rng.randrange(len(reply) + 1)] + other[rng.randrange(len(other) + 1) :]


def _nest(rng: random.Random, reply: str, good: list[str]) -> str:
    opening, closing = rng.choice(
        [("[", "]"), ("{", "}"), ("(", ")"), ('{"arguments": ', "}"), ("do(", ")"), ('"', '"')]
    )
    depth = rng.choice([1, 2, 15, 200])
    return opening * depth + reply + closing * depth


def _swap_case(rng: random.Random, reply: str, good: list[str]) -> str:
    return reply.swapcase()


def _shuffle(rng: random.Random, reply: str, good: list[str]) -> str:
    words = reply.split(" ")
    rng.shuffle(words)
    return " ".join(words)


def _one_character(rng: random.Random, reply: str, good: list[str]) -> str:
    start = rng.randrange(len(reply) + 1)
    return (
        reply[:start]
        + chr(rng.choice([rng.randrange(128), rng.randrange(0x3000), rng.randrange(0x110000)]))
        + reply[start + 1 :]
    )


def _long(rng: random.Random, reply: str, good: list[str]) -> str:
    start, end = _cut(rng, reply)
    return reply[:end] + (reply[start:end] or " ") * rng.choice([50, 50, 50, 500]) + reply[end:]


_MUTATIONS: list[Callable[[random.Random, str, list[str]], str]] = [
    *(_delete, _duplicate, _truncate, _insert, _insert, _replace, _splice, _nest, _swap_case, _shuffle, _one_character),
    _long,
]


def every_variant() -> list[Any]:
    """An instance of each dialect with each combination of its options."""
    return [made(variant) for variant in variants()]
