"""What a Word template may say: fields, conditions on them, and rows repeated for a list; nothing that computes.

A template comes from anywhere, so it is read before it is filled: whatever could take long, grow without end or reach
into the program is refused by its place, and what a sheet comes to is bounded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mcda.errors import InputError, Issue, Param, Where, nearest

OPTION = "--template"
MOST_TAGS = 5_000
MOST_LETTERS = 4 * 2**20
"""So many fields and conditions, and so many characters of a filled sheet, are more than any sheet has."""

FILTERS = frozenset({"capitalize", "d", "default", "length", "lower", "title", "trim", "upper"})
ROUND = frozenset({"first", "index", "index0", "last", "length"})
"""What may be asked of a repetition: which of its rows it is at."""

PLAIN = frozenset(
    {"And", "Compare", "CondExpr", "Const", "If", "Not", "Operand", "Or", "Output", "Template", "TemplateData"}
)
"""Parts of a template that are as harmless as what stands in them."""

SHOWN = 80
_FOLDED = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Reading:
    """What is known while a template is read: the `fields` there are, the `lists` with the fields of their rows.

    `used` counts the fields found so far. Issues of a part are collected and raised together.
    """

    fields: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    used: int = 0
    lines: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def read(self, tree: Any, source: str) -> None:
        """Go through a part of the template. Raises InputError with everything a template may not say."""
        self.lines, self.issues = source.split("\n"), []
        self._visit(tree, {})
        if self.issues:
            raise InputError(self.issues)

    def _visit(self, node: Any, rows: Mapping[str, tuple[str, ...]]) -> None:
        """One node and all below it. `rows`: the rows repeated here, by name, with their fields."""
        match type(node).__name__:
            case "Name":
                self._name(node, rows)
            case "Getattr":
                self._part(node, rows)
            case "For":
                self._repeat(node, rows)
            case "Filter" if _is_filter(node):
                self._below(node, rows)
            case "Output" if lists := [one for one in node.nodes if getattr(one, "name", "") in self.lists]:
                self._refuse(lists[0])
            case "Compare" if any(one.op not in ("eq", "ne") for one in node.ops):
                self._refuse(node)
            case "Mul" if _is_span(node):
                return
            case name if name in PLAIN:
                self._below(node, rows)
            case _:
                self._refuse(node)

    def _below(self, node: Any, rows: Mapping[str, tuple[str, ...]]) -> None:
        for child in node.iter_child_nodes():
            self._visit(child, rows)

    def _name(self, node: Any, rows: Mapping[str, tuple[str, ...]]) -> None:
        known = (*self.fields, *self.lists)
        if node.name in rows:
            self._refuse(node)
        elif node.name not in known:
            self._unknown(node.name, known)
        self.used += 1

    def _part(self, node: Any, rows: Mapping[str, tuple[str, ...]]) -> None:
        """The field of a row, or where in a repetition it is."""
        whose = node.node.name if type(node.node).__name__ == "Name" else ""
        if whose == "loop" and rows and node.attr in ROUND:
            return
        if whose not in rows:
            self._refuse(node)
        elif node.attr not in rows[whose]:
            self._unknown(node.attr, rows[whose])
        self.used += 1

    def _repeat(self, node: Any, rows: Mapping[str, tuple[str, ...]]) -> None:
        """Rows for a list; rows within rows would multiply and have nothing to show."""
        named = type(node.iter).__name__ == type(node.target).__name__ == "Name"
        if rows or not named or node.recursive or node.test is not None:
            self._refuse(node)
            return
        if node.iter.name not in self.lists:
            self._unknown(node.iter.name, tuple(self.lists))
            return
        for child in (*node.body, *node.else_):
            self._visit(child, {node.target.name: self.lists[node.iter.name]})

    def _unknown(self, name: str, known: tuple[str, ...]) -> None:
        near = nearest(name, known) or next((one for one in known if one.startswith(name)), "")
        params: dict[str, Param] = {"value": name, "nearest": near}
        self._add(Issue("template_field", where=Where(OPTION), params=params))

    def _refuse(self, node: Any) -> None:
        params: dict[str, Param] = {"value": place(self.lines, node.lineno), "allowed": tuple(self.lists)}
        self._add(Issue("template_rule", where=Where(OPTION), params=params))

    def _add(self, issue: Issue) -> None:
        if issue not in self.issues:  # told once, however often it is found
            self.issues.append(issue)


def _is_filter(node: Any) -> bool:
    """A filter that changes words or counts rows, or the one that fills a gap with words."""
    fills = node.name in ("d", "default")
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and (fills or not node.args)
    return plain and node.name in FILTERS and len(node.args) <= 1


def _is_span(node: Any) -> bool:
    """Columns joined as often as a row is repeated, which is how the filler writes a cell over all of them."""
    asked = type(node.left).__name__ == "Const" and type(node.right).__name__ == "Getattr"
    return asked and isinstance(node.left.value, int) and (node.right.node.name, node.right.attr) == ("loop", "length")


def place(lines: list[str], number: int) -> str:
    """The words of a paragraph of the template, short."""
    words = " ".join(_FOLDED.sub("", lines[number - 1] if 0 < number <= len(lines) else "").split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


def strict_environment(reading: Reading) -> Any:
    """What fills templates, after `reading` has found nothing against them."""
    from jinja2 import StrictUndefined, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    class Strict(SandboxedEnvironment):
        """Reads before it fills, and stops where a sheet grows past any sheet."""

        def from_string(self, source: Any, *more: Any, **options: Any) -> Any:
            if len(source) > MOST_LETTERS or source.count("{{") + source.count("{%") > MOST_TAGS:
                raise InputError([Issue("template_too_long", where=Where(OPTION))])
            try:
                reading.read(self.parse(source), source)
            except TemplateSyntaxError as error:
                raise InputError([_broken(source, error.lineno, error.message or "")]) from None
            return _Bounded(super().from_string(source, *more, **options))

    return Strict(autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A template that stops being filled when it grows too long."""

    template: Any

    def render(self, context: Mapping[str, Any]) -> str:
        """The filled part. Raises InputError where it has no end in sight."""
        pieces: list[str] = []
        left = MOST_LETTERS
        for piece in self.template.generate(context):
            left -= len(piece)
            if left < 0:
                raise InputError([Issue("template_too_long", where=Where(OPTION))])
            pieces.append(piece)
        return "".join(pieces)


def _broken(source: str, line: int, said: str) -> Issue:
    """Where the braces of a template are wrong; at its end where something was never closed."""
    found = place(source.split("\n"), line)
    if "{" not in found or said.lower().startswith("unexpected end"):
        return Issue("template_unclosed", where=Where(OPTION))
    return Issue("template_wrong", where=Where(OPTION), params={"value": found})
