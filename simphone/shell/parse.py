"""Reads the part of mksh's language that adb clients speak into the tree of simphone.shell.syntax.

A recursive descent over the characters, because words, quotes and $(...) nest in each other. The grammar is that of
POSIX.1-2017 section 2.10 with [[ ]], &>, <<< and ${name/pattern/text} of mksh.
"""

from __future__ import annotations

import re
from typing import Final

from simphone.shell.syntax import (
    AndOr,
    Assign,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Loop,
    Pipeline,
    Redirect,
    Redirected,
    Script,
    Simple,
    Test,
    Text,
    Word,
)
from simphone.shell.words import META, ShellSyntaxError, WordReader

_RESERVED: Final = re.compile(
    r"(?:if|then|elif|else|fi|while|until|for|do|done|case|esac|function|\{|\}|!|\[\[)(?=[\s;&|()<>]|\Z)"
)
_ENDS: Final = frozenset({"then", "elif", "else", "fi", "do", "done", "esac", "}"})
_IN: Final = re.compile(r"in(?=[\s;])")
_TEST_OPERATOR: Final = re.compile(r"\]\](?=[\s;&|()<>]|\Z)|&&|\|\||[()<>]")
_REDIRECT: Final = re.compile(r"(\d*)(<<<|<<-|<<|<&|<>|>>|>&|>\||<|>)|(&>>?)")
_ASSIGN: Final = re.compile(r"([A-Za-z_]\w*)(\+?)=", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_FUNCTION: Final = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*\([ \t]*\)", re.ASCII)


def parse(source: str) -> Script:
    """The script in `source`. Raises ShellSyntaxError."""
    return _Parser(source).whole()


class _Parser(WordReader):
    """The grammar above words."""

    def __init__(self, source: str, depth: int = 0) -> None:
        super().__init__(source, depth)
        self.heredocs: list[tuple[Redirect, str, bool, bool]] = []
        """Here-documents whose text begins after the next newline: redirect, delimiter, quoted, strip tabs."""

    def nested(self, source: str) -> _Parser:
        return _Parser(source, self.depth)

    def whole(self) -> Script:
        script = self.script()
        if self.at < len(self.source):
            self.unexpected()
        if self.heredocs:
            self.read_heredocs()
        return script

    def newlines(self) -> None:
        """Skip blanks and newlines; texts of here-documents are taken at a newline."""
        self.blanks()
        while self.char() == "\n":
            self.at += 1
            if self.heredocs:
                self.read_heredocs()
            self.blanks()

    def reserved(self) -> str:
        """The reserved word here, or an empty string."""
        match = _RESERVED.match(self.source, self.at)
        return match[0] if match else ""

    def expect(self, word: str, opener: str) -> None:
        self.newlines()
        if self.reserved() == word:
            self.at += len(word)
        elif self.at >= len(self.source):
            raise ShellSyntaxError(f"syntax error: unmatched '{opener}'")
        else:
            self.unexpected()

    # --- lists ------------------------------------------------------------------------------------------------
    def script(self) -> Script:
        """Commands up to the end, a closing bracket, ;; or a reserved word that ends a list."""
        found: list[AndOr] = []
        while True:
            self.newlines()
            if self.at >= len(self.source) or self.char() == ")" or self.peek(";;") or self.reserved() in _ENDS:
                return tuple(found)
            item = self.and_or()
            self.blanks()
            if self.char() == "&" and not self.peek("&&") and not self.peek("&>"):
                self.at += 1
                item = AndOr(item.first, item.rest, background=True)
            elif self.char() == ";" and not self.peek(";;"):
                self.at += 1
            elif self.at < len(self.source) and self.char() not in "\n)" and not self.peek(";;"):
                self.unexpected()
            found.append(item)

    def body(self) -> Script:
        """A list that may not be empty."""
        script = self.script()
        if not script:
            self.unexpected()
        return script

    def and_or(self) -> AndOr:
        first = self.pipeline()
        rest: list[tuple[str, Pipeline]] = []
        while True:
            self.blanks()
            if not (self.peek("&&") or self.peek("||")):
                return AndOr(first, tuple(rest))
            op = self.source[self.at : self.at + 2]
            self.at += 2
            self.newlines()
            rest.append((op, self.pipeline()))

    def pipeline(self) -> Pipeline:
        negated = False
        self.blanks()
        while self.reserved() == "!":
            self.at += 1
            negated = not negated
            self.blanks()
        stages = [self.command()]
        while True:
            self.blanks()
            if self.char() != "|" or self.peek("||"):
                return Pipeline(tuple(stages), negated)
            self.at += 1
            self.newlines()
            stages.append(self.command())

    # --- commands ---------------------------------------------------------------------------------------------
    def command(self) -> Command:
        self.enter()
        try:
            command = self.compound()
            if command is None:
                return self.simple()
            redirects = self.redirects()
            return Redirected(command, redirects) if redirects else command
        finally:
            self.leave()

    def compound(self) -> Command | None:
        self.blanks()
        word = self.reserved()
        readers = {
            "if": self.if_,
            "while": self.loop,
            "until": self.loop,
            "for": self.for_,
            "case": self.case,
            "{": self.group,
            "[[": self.test,
            "function": self.function,
        }
        if word in readers:
            return readers[word]()
        if word:
            self.unexpected()
        if self.char() == "(":
            return self.subshell()
        if match := _FUNCTION.match(self.source, self.at):
            self.at = match.end()
            return self.function_body(match[1])
        return None

    def if_(self) -> Command:
        arms: list[tuple[Script, Script]] = []
        otherwise: Script = ()
        word = "if"
        while word in ("if", "elif"):
            self.at += len(word)
            condition = self.body()
            self.expect("then", "if")
            arms.append((condition, self.body()))
            self.newlines()
            word = self.reserved()
        if word == "else":
            self.at += len(word)
            otherwise = self.body()
        self.expect("fi", "if")
        return If(tuple(arms), otherwise)

    def loop(self) -> Command:
        word = self.reserved()
        self.at += len(word)
        condition = self.body()
        return Loop(word == "until", condition, self.do(word))

    def do(self, opener: str) -> Script:
        self.expect("do", opener)
        body = self.body()
        self.expect("done", opener)
        return body

    def for_(self) -> Command:
        self.at += len("for")
        self.blanks()
        name = _NAME.match(self.source, self.at)
        if name is None:
            self.unexpected()
        self.at = name.end()
        self.newlines()
        words: list[Word] | None = None
        if _IN.match(self.source, self.at):
            self.at += len("in")
            words = self.words()
        self.blanks()
        if self.char() == ";":
            self.at += 1
        return For(name[0], None if words is None else tuple(words), self.do("for"))

    def words(self) -> list[Word]:
        found: list[Word] = []
        while True:
            self.blanks()
            if self.at >= len(self.source) or self.char() in META:
                return found
            found.append(self.word())

    def case(self) -> Command:
        self.at += len("case")
        self.blanks()
        word = self.word()
        self.newlines()
        if not _IN.match(self.source, self.at):
            self.unexpected()
        self.at += len("in")
        arms: list[tuple[tuple[Word, ...], Script]] = []
        while True:
            self.newlines()
            if self.reserved() == "esac":
                self.at += len("esac")
                return Case(word, tuple(arms))
            arms.append((self.patterns(), self.script()))
            self.newlines()
            if self.peek(";;"):
                self.at += 2
            elif self.reserved() != "esac":
                if self.at >= len(self.source):
                    raise ShellSyntaxError("syntax error: unmatched 'case'")
                self.unexpected()

    def patterns(self) -> tuple[Word, ...]:
        if self.char() == "(":
            self.at += 1
        found: list[Word] = []
        while True:
            self.blanks()
            found.append(self.word())
            self.blanks()
            if self.char() not in ("|", ")"):
                self.unexpected()
            self.at += 1
            if self.source[self.at - 1] == ")":
                return tuple(found)

    def group(self) -> Command:
        self.at += 1
        body = self.body()
        self.expect("}", "{")
        return Group(body)

    def subshell(self) -> Command:
        self.at += 1
        body = self.body()
        if self.char() != ")":
            raise ShellSyntaxError("syntax error: unmatched '('")
        self.at += 1
        return Group(body, subshell=True)

    def function(self) -> Command:
        self.at += len("function")
        self.blanks()
        name = _NAME.match(self.source, self.at)
        if name is None:
            self.unexpected()
        self.at = name.end()
        return self.function_body(name[0])

    def function_body(self, name: str) -> Command:
        self.newlines()
        return Function(name, self.command())

    def test(self) -> Command:
        self.at += 2
        items: list[Word | str] = []
        while True:
            self.newlines()
            match = _TEST_OPERATOR.match(self.source, self.at)
            if match is None:
                if self.at >= len(self.source) or self.char() in META:
                    self.unexpected()
                items.append(self.word())
                continue
            self.at = match.end()
            if match[0] == "]]":
                return Test(tuple(items))
            items.append(match[0])

    def simple(self) -> Command:
        assigns: list[Assign] = []
        words: list[Word] = []
        redirects: list[Redirect] = []
        while True:
            self.blanks()
            if redirect := self.redirect():
                redirects.append(redirect)
            elif self.at >= len(self.source) or self.char() in META:
                break
            elif not words and (match := _ASSIGN.match(self.source, self.at)):
                self.at = match.end()
                ends = self.at >= len(self.source) or self.char() in META
                assigns.append(Assign(match[1], () if ends else self.word(), bool(match[2])))
            else:
                words.append(self.word())
        if self.char() == "(" or not (assigns or words or redirects):
            self.unexpected()
        return Simple(tuple(assigns), tuple(words), tuple(redirects))

    # --- redirections -----------------------------------------------------------------------------------------
    def redirects(self) -> tuple[Redirect, ...]:
        found: list[Redirect] = []
        self.blanks()
        while redirect := self.redirect():
            found.append(redirect)
            self.blanks()
        return tuple(found)

    def redirect(self) -> Redirect | None:
        match = _REDIRECT.match(self.source, self.at)
        if match is None:
            return None
        self.at = match.end()
        op = match[3] or match[2]
        self.blanks()
        if self.at >= len(self.source) or self.char() in META:
            self.unexpected()
        fd = int(match[1]) if match[1] and len(match[1]) < 3 else int(not op.startswith("<"))
        target = self.word()
        if op not in ("<<", "<<-"):
            return Redirect(fd, op, target)
        redirect = Redirect(fd, "<<", ())
        delimiter = "".join(part.text for part in target if isinstance(part, Text))
        quoted = any(isinstance(part, Text) and part.quoted for part in target)
        self.heredocs.append((redirect, delimiter, quoted, op == "<<-"))
        return redirect

    def read_heredocs(self) -> None:
        for redirect, delimiter, quoted, strip in self.heredocs:
            lines: list[str] = []
            while self.at < len(self.source):
                end = self.source.find("\n", self.at)
                end = len(self.source) if end < 0 else end
                line = self.source[self.at : end]
                self.at = min(end + 1, len(self.source))
                line = line.lstrip("\t") if strip else line
                if line == delimiter:
                    break
                lines.append(line + "\n")
            text = "".join(lines)
            redirect.target = (Text(text, True),) if quoted else self.nested(text).template()
        self.heredocs.clear()
