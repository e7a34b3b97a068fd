"""A document as parts, the same for every format: headings, sentences, facts, tables, figures.

What stands in a document is decided once, in `mcda.report.documents`; how a part looks is decided once per format, in
`mcda.report.exports`. Parts hold finished words in the reader's language, never markup.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.ranked_list import Listing

Look = Literal["plain", "lead", "small", "notice", "resolution"]
Paper = Literal["a4", "a3"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the document's title; levels 1 to 3, none skipped. It stays with what follows it."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences. `lead` is the one to read if only one is read, `small` a remark, `notice` a warning in a frame,
    `resolution` the text a council decides on."""

    words: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences, numbered or not; with `boxes` each has one to tick."""

    items: tuple[str, ...]
    numbered: bool = False
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one per line. `caption` names the group for who cannot see it."""

    rows: tuple[Fact, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Table:
    """A listing with its header row repeated on every page. `totals` and `groups` are row numbers from 0: sums are set
    in bold under a line, a row in `groups` opens a group and gets a line above. `note` stands below. `size` is that of
    the type in points, 0 for the usual one: smaller the more columns there are."""

    listing: Listing
    note: str = ""
    totals: frozenset[int] = field(default_factory=frozenset)
    groups: frozenset[int] = field(default_factory=frozenset)
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG with its caption; `alt` says in words what it shows. `width` is a fraction of the text's."""

    svg: str
    alt: str
    caption: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Bars:
    """Values between worst and best as bars, each with its figure beside it. `rows`: group (a heading of its own where
    it differs from the row above and from the name), name, share 0..1 or None where unknown, the value in words."""

    rows: tuple[tuple[str, str, float | None, str], ...]
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns, the left one taking `share` of the width."""

    left: "tuple[Part, ...]"
    right: "tuple[Part, ...]"
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to fill in by hand, with what belongs there in small print below."""

    words: str


Part = Heading | Paragraph | Bullets | Facts | Table | Figure | Bars | PageBreak | Beside | Blank


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `kind` is its id (list, kofi, ...), `day` the as-of date it is dated with, never the clock's.

    `subject` stands small above the title, `footer` at the foot of every page beside the page number: where the
    numbers come from. `notice` is what must be said on every page, e.g. that the example is invented. `type_pt` is the
    size of running text in points; `dense` is small type throughout, for hundreds of pages that have to hold much.
    """

    kind: str
    title: str
    language: str
    day: date
    parts: tuple[Part, ...]
    subject: str = ""
    subtitle: str = ""
    footer: str = ""
    notice: str = ""
    landscape: bool = False
    paper: Paper = "a4"
    dense: bool = False
    type_pt: float = 10.0
