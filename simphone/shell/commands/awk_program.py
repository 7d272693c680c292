"""Compiles an awk program to closures over its run."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from simphone.shell.commands.awk_values import Exit, Next, Run, Value, is_true, looks_numeric, number_of, text_of
from simphone.shell.commands.basics import printf
from simphone.shell.commands.regex import compile_posix
from simphone.shell.errors import CommandError
from simphone.shell.words import unescape

Expr = Callable[[Run], Value]
Stmt = Callable[[Run], None]
Rule = tuple[str | Expr, Stmt]
"""A pattern ("BEGIN", "END", "all" or a condition) and its action."""

_TOKEN: Final = re.compile(
    r"(?P<space>[ \t]+|\\\n|#[^\n]*)|(?P<number>\d+\.?\d*|\.\d+)|(?P<string>\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<op>\+\+|--|[-+*/%]=|==|!=|<=|>=|&&|\|\||[-+*/%<>!~=?:,;{}()$\n]|!~)",
    re.DOTALL,
)
_REGEX: Final = re.compile(r"/((?:[^/\\\n]|\\.)*)/")
_MAX_DEPTH: Final = 60


class Program:
    """A program while it is read. Raises CommandError where it cannot be."""

    def __init__(self, program: str) -> None:
        self.program, self.at, self.depth = program, 0, 0
        self.kind, self.symbol = "", ""
        self.advance()

    # --- tokens ---------------------------------------------------------------------------------------------------
    def advance(self) -> None:
        while True:
            if self.at >= len(self.program):
                self.kind, self.symbol = "end", ""
                return
            match = _TOKEN.match(self.program, self.at)
            if match is None:
                raise CommandError(f"syntax error at '{self.program[self.at : self.at + 10]}'", 2)
            self.start, self.at = self.at, match.end()
            if match.lastgroup != "space":
                self.kind, self.symbol = str(match.lastgroup), match[0]
                return

    def take(self, symbol: str) -> bool:
        if self.kind == "op" and self.symbol == symbol:
            self.advance()
            return True
        return False

    def expect(self, symbol: str) -> None:
        if not self.take(symbol):
            raise CommandError(f"syntax error: '{symbol}' expected before '{self.symbol}'", 2)

    def blank(self) -> None:
        while self.kind == "op" and self.symbol in (";", "\n"):
            self.advance()

    # --- program --------------------------------------------------------------------------------------------------
    def rules(self) -> list[Rule]:
        """The rules in order."""
        found: list[Rule] = []
        self.blank()
        while self.kind != "end":
            pattern: str | Expr = "all"
            if self.kind == "name" and self.symbol in ("BEGIN", "END"):
                pattern = self.symbol
                self.advance()
            elif not (self.kind == "op" and self.symbol == "{"):
                pattern = self.expression()
            action = self.block() if self.kind == "op" and self.symbol == "{" else _print_record
            found.append((pattern, action))
            self.blank()
        return found

    def block(self) -> Stmt:
        self.expect("{")
        body: list[Stmt] = []
        self.blank()
        while not self.take("}"):
            if self.kind == "end":
                raise CommandError("syntax error: missing '}'", 2)
            body.append(self.statement())
            self.blank()

        def perform(run: Run) -> None:
            for statement in body:
                statement(run)

        return perform

    def statement(self) -> Stmt:
        if self.kind == "op" and self.symbol == "{":
            return self.block()
        word = self.symbol if self.kind == "name" else ""
        if word in ("print", "printf"):
            self.advance()
            return self.printing(word)
        if word == "if":
            return self.condition()
        if word in ("next", "exit"):
            self.advance()
            return _raise_next if word == "next" else _raise_exit
        expression = self.expression()

        def compute(run: Run) -> None:
            expression(run)

        return compute

    def printing(self, word: str) -> Stmt:
        arguments = self.arguments(("}", ";", "\n", ""))
        if word == "print":
            return lambda run: run.out.append(
                text_of(run.variables["OFS"]).join(text_of(a(run)) for a in arguments or [lambda r: r.record])
                + text_of(run.variables["ORS"])
            )
        if not arguments:
            raise CommandError("syntax error: printf needs a format", 2)
        return lambda run: run.out.append(printf(text_of(arguments[0](run)), [text_of(a(run)) for a in arguments[1:]]))

    def arguments(self, ends: tuple[str, ...]) -> list[Expr]:
        found: list[Expr] = []
        if self.symbol in ends and self.kind in ("op", "end"):
            return found
        found.append(self.expression())
        while self.take(","):
            found.append(self.expression())
        return found

    def condition(self) -> Stmt:
        self.advance()
        self.expect("(")
        test = self.expression()
        self.expect(")")
        self.blank()
        yes = self.statement()
        at, kind, symbol = self.at, self.kind, self.symbol
        self.blank()
        if self.kind == "name" and self.symbol == "else":
            self.advance()
            self.blank()
            no = self.statement()
        else:
            self.at, self.kind, self.symbol = at, kind, symbol
            no = _do_nothing
        return lambda run: yes(run) if is_true(test(run)) else no(run)

    # --- expressions ----------------------------------------------------------------------------------------------
    def expression(self) -> Expr:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise CommandError("expression nested too deeply", 2)
        left = self.ternary()
        self.depth -= 1
        return left

    def ternary(self) -> Expr:
        test = self.binary(0)
        if not self.take("?"):
            return test
        yes = self.expression()
        self.expect(":")
        no = self.expression()
        return lambda run: yes(run) if is_true(test(run)) else no(run)

    def binary(self, level: int) -> Expr:
        if level == len(_LEVELS):
            return self.concatenation()
        left = self.binary(level + 1)
        while self.kind == "op" and self.symbol in _LEVELS[level]:
            operator = self.symbol
            self.advance()
            if operator in ("~", "!~"):
                left = _matching(left, self.pattern(), operator == "!~")
            else:
                left = _combine(operator, left, self.binary(level + 1))
        return left

    def pattern(self) -> Callable[[Run], re.Pattern[str]]:
        if self.kind == "op" and self.symbol == "/":
            compiled = self.regex()
            return lambda _run: compiled
        made = self.concatenation()
        return lambda run: compile_posix(text_of(made(run)), extended=True)

    def concatenation(self) -> Expr:
        parts = [self.sum()]
        while self.kind in ("number", "string", "name") or (self.kind == "op" and self.symbol in ("$", "(")):
            if self.kind == "name" and self.symbol == "in":
                break
            parts.append(self.sum())
        return parts[0] if len(parts) == 1 else lambda run: "".join(text_of(part(run)) for part in parts)

    def sum(self) -> Expr:
        left = self.product()
        while self.kind == "op" and self.symbol in ("+", "-"):
            operator = self.symbol
            self.advance()
            left = _combine(operator, left, self.product())
        return left

    def product(self) -> Expr:
        left = self.unary()
        while self.kind == "op" and self.symbol in ("*", "/", "%"):
            operator = self.symbol
            self.advance()
            left = _combine(operator, left, self.unary())
        return left

    def unary(self) -> Expr:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise CommandError("expression nested too deeply", 2)
        try:
            if self.take("!"):
                inner = self.unary()
                return lambda run: float(not is_true(inner(run)))
            if self.take("-"):
                inner = self.unary()
                return lambda run: -number_of(inner(run))
            return self.primary()
        finally:
            self.depth -= 1

    def primary(self) -> Expr:
        kind, symbol = self.kind, self.symbol
        if kind == "op" and symbol == "/":
            compiled = self.regex()
            return lambda run: float(compiled.search(run.record) is not None)
        self.advance()
        if kind == "number":
            number = float(symbol)
            return lambda _run: number
        if kind == "string":
            text = unescape(symbol[1:-1])
            return lambda _run: text
        if kind == "op" and symbol == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        if kind == "op" and symbol == "$":
            index = self.unary()
            return self.assignable(lambda run: run.field(int(number_of(index(run)))), _field_setter(index))
        if kind == "name":
            if self.kind == "op" and self.symbol == "(" and symbol in _FUNCTIONS:
                return self.function(symbol)
            return self.assignable(lambda run: run.variables.get(symbol, ""), _variable_setter(symbol))
        raise CommandError(f"syntax error at '{symbol}'", 2)

    def function(self, name: str) -> Expr:
        self.expect("(")
        arguments = self.arguments((")",))
        self.expect(")")
        body = _FUNCTIONS[name]
        return lambda run: body([argument(run) for argument in arguments] or [run.record])

    def assignable(self, get: Expr, put: Callable[[Run, Value], None]) -> Expr:
        if self.kind != "op":
            return get
        symbol = self.symbol
        if symbol in ("++", "--"):
            self.advance()
            step = 1.0 if symbol == "++" else -1.0

            def bump(run: Run) -> Value:
                old = number_of(get(run))
                put(run, old + step)
                return old

            return bump
        if symbol != "=" and symbol not in ("+=", "-=", "*=", "/=", "%="):
            return get
        self.advance()
        right = self.expression()
        value = right if symbol == "=" else _combine(symbol[0], get, right)

        def assign(run: Run) -> Value:
            made = value(run)
            put(run, made)
            return made

        return assign

    def regex(self) -> re.Pattern[str]:
        match = _REGEX.match(self.program, self.start)
        if match is None:
            raise CommandError("syntax error: unterminated regex", 2)
        self.at = match.end()
        self.advance()
        return compile_posix(match[1].replace("\\/", "/"), extended=True)


_LEVELS: Final = (("||",), ("&&",), ("~", "!~"), ("<", "<=", ">", ">=", "==", "!="))


def _combine(operator: str, left: Expr, right: Expr) -> Expr:
    if operator == "||":
        return lambda run: float(is_true(left(run)) or is_true(right(run)))
    if operator == "&&":
        return lambda run: float(is_true(left(run)) and is_true(right(run)))
    return lambda run: _apply(operator, left(run), right(run))


def _apply(operator: str, a: Value, b: Value) -> Value:
    if operator in ("+", "-", "*", "/", "%"):
        x, y = number_of(a), number_of(b)
        if operator in ("/", "%") and y == 0:
            raise CommandError("division by zero", 2)
        results = {"+": x + y, "-": x - y, "*": x * y}
        return results[operator] if operator in results else x / y if operator == "/" else x % y
    if looks_numeric(a) and looks_numeric(b):
        order = (number_of(a) > number_of(b)) - (number_of(a) < number_of(b))
    else:
        order = (text_of(a) > text_of(b)) - (text_of(a) < text_of(b))
    truth = {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0, "==": order == 0, "!=": order != 0}
    return float(truth[operator])


def _matching(left: Expr, pattern: Callable[[Run], re.Pattern[str]], negated: bool) -> Expr:
    return lambda run: float((pattern(run).search(text_of(left(run))) is not None) != negated)


def _variable_setter(name: str) -> Callable[[Run, Value], None]:
    def put(run: Run, value: Value) -> None:
        run.variables[name] = value

    return put


def _field_setter(index: Expr) -> Callable[[Run, Value], None]:
    return lambda run, value: run.set_field(int(number_of(index(run))), text_of(value))


def _substr(args: list[Value]) -> Value:
    text, start = text_of(args[0]), int(number_of(args[1])) if len(args) > 1 else 1
    end = start + int(number_of(args[2])) if len(args) > 2 else len(text) + 1
    return text[max(start, 1) - 1 : max(end - 1, 0)]


_FUNCTIONS: Final[dict[str, Callable[[list[Value]], Value]]] = {
    "index": lambda args: float(text_of(args[0]).find(text_of(args[1] if len(args) > 1 else "")) + 1),
    "int": lambda args: float(int(number_of(args[0]))),
    "length": lambda args: float(len(text_of(args[0]))),
    "sprintf": lambda args: printf(text_of(args[0]), [text_of(arg) for arg in args[1:]]),
    "substr": _substr,
    "tolower": lambda args: text_of(args[0]).lower(),
    "toupper": lambda args: text_of(args[0]).upper(),
}


def _print_record(run: Run) -> None:
    run.out.append(run.record + text_of(run.variables["ORS"]))


def _do_nothing(_run: Run) -> None:
    pass


def _raise_next(_run: Run) -> None:
    raise Next


def _raise_exit(_run: Run) -> None:
    raise Exit
