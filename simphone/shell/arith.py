"""Integer expressions of $((...)), let and test: 32-bit signed, as mksh computes them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, MutableMapping
from typing import Final

_TOKEN: Final = re.compile(
    r"\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<=|>>=|<<|>>|&&|\|\||[-+*/%&|^<>=!]=|[-+*/%&|^~!<>=?:(),])"
)
_LEVELS: Final = (
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!="),
    ("<", "<=", ">", ">="),
    ("<<", ">>"),
    ("+", "-"),
    ("*", "/", "%"),
)
_MAX_DEPTH: Final = 40


class ArithError(Exception):
    """The expression cannot be computed; `str()` says why."""


def _wrap(value: int) -> int:
    return (value + (1 << 31)) % (1 << 32) - (1 << 31)


def _divide(a: int, b: int) -> int:
    if b == 0:
        raise ArithError("zero divisor")
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


_OPERATORS: Final[dict[str, Callable[[int, int], int]]] = {
    "|": operator.or_,
    "^": operator.xor,
    "&": operator.and_,
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    ">": lambda a, b: int(a > b),
    ">=": lambda a, b: int(a >= b),
    "<<": lambda a, b: a << (b & 31),
    ">>": lambda a, b: a >> (b & 31),
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "%": lambda a, b: a - b * _divide(a, b),
    "||": lambda a, b: int(bool(a) or bool(b)),
    "&&": lambda a, b: int(bool(a) and bool(b)),
}


def number(text: str) -> int:
    """A decimal, octal (0..) or hexadecimal (0x..) literal. Raises ArithError."""
    text = text.strip()
    try:
        if re.fullmatch(r"[-+]?0[0-7]+", text):
            return _wrap(int(text, 8))
        return _wrap(int(text[:40] or "0", 0))
    except ValueError:
        raise ArithError(f"{text}: bad number") from None


def evaluate(expression: str, variables: MutableMapping[str, str]) -> int:
    """The value of an expression; assignments in it change `variables`. Raises ArithError."""
    tokens: list[str] = []
    at = 0
    expression = expression.strip()
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None:
            raise ArithError(f"{expression}: unexpected '{expression[at:].strip()[:1]}'")
        tokens.append(match[1])
        at = match.end()
    if not tokens:
        return 0
    reader = _Reader(tokens, variables)
    value = reader.comma()
    if reader.at < len(tokens):
        raise ArithError(f"{expression}: unexpected '{tokens[reader.at]}'")
    return value


class _Reader:
    """Precedence climbing over the tokens; `live` is false in branches that are not taken."""

    def __init__(self, tokens: list[str], variables: MutableMapping[str, str]) -> None:
        self.tokens = tokens
        self.variables = variables
        self.at = 0
        self.live = True
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def expect(self, token: str) -> None:
        if self.take() != token:
            raise ArithError(f"missing '{token}'")

    def comma(self) -> int:
        value = self.assignment()
        while self.peek() == ",":
            self.at += 1
            value = self.assignment()
        return value

    def assignment(self) -> int:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ArithError("expression nested too deeply")
        name, op = self.peek(), self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
        if name[:1].isidentifier() and op.endswith("=") and op not in ("==", "!=", "<=", ">="):
            self.at += 2
            value = self.assignment()
            if op != "=":
                value = self.apply(op[:-1], self.variable(name), value)
            if self.live:
                self.variables[name] = str(value)
        else:
            value = self.ternary()
        self.depth -= 1
        return value

    def ternary(self) -> int:
        condition = self.binary(0)
        if self.peek() != "?":
            return condition
        self.at += 1
        yes = self.branch(bool(condition))
        self.expect(":")
        no = self.branch(not condition)
        return yes if condition else no

    def branch(self, live: bool) -> int:
        before, self.live = self.live, self.live and live
        value = self.assignment()
        self.live = before
        return value

    def binary(self, level: int) -> int:
        if level == len(_LEVELS):
            return self.unary()
        value = self.binary(level + 1)
        while self.peek() in _LEVELS[level]:
            op = self.take()
            before = self.live
            self.live = before and not (op == "||" and value) and not (op == "&&" and not value)
            other = self.binary(level + 1)
            value = self.apply(op, value, other)
            self.live = before
        return value

    def apply(self, op: str, a: int, b: int) -> int:
        if not self.live and op in ("/", "%"):
            return 0
        return _wrap(_OPERATORS[op](a, b))

    def unary(self) -> int:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ArithError("expression nested too deeply")
        symbol = self.take()
        if symbol == "(":
            value = self.comma()
            self.expect(")")
        elif symbol in ("-", "+", "!", "~"):
            operand = self.unary()
            value = _wrap({"-": -operand, "+": operand, "!": int(not operand), "~": ~operand}[symbol])
        elif symbol[:1].isdigit():
            value = number(symbol)
        elif symbol[:1].isidentifier():
            value = self.variable(symbol)
        else:
            raise ArithError(f"unexpected '{symbol}'" if symbol else "unexpected end of expression")
        self.depth -= 1
        return value

    def variable(self, name: str) -> int:
        return number(self.variables.get(name, "0") or "0")
