"""From a lexicon to a scanner: where in a text a rule matches, and with which parts.

One regular expression tells which words can carry a date (anchors). From each the scanner walks left over words that
may lead up to it ("the end of the last") on the reversed text, which makes that one anchored match, and tries the rules
of the anchor's class from the leftmost word on. Text without anchors therefore costs one look-up for each word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from configs.date_language import DateLexicon, DateRule, Mode
from transforms.dates.firsts import Tree, can_begin, parsed
from transforms.text import Remembered

_TEMPLATE = re.compile(r"\{([a-z][a-z_]*)([2-9]?)\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_DIGITS = r"(?:19|20)\d{6}(?!\d)|fy ?\d{4}"
_DIGITS += r"|\d{3} ?[ap]\.?m\b|\d{4}(?!\d)|\d\d?(?:[:/.-]\d\d?| ?[ap]\.?m\b)|\d0s\b|\d{1,3}0.?s\b"
_DAY_ORDINALS = r"|(?<=the\s)[0-3]?\d(?:st|nd|rd|th)\b"
_BARE_CENTURIES = r"|[1-9]\d\d\b"
_BLANK = re.compile(r"\[[^\]]*\]| [?*]?")

_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"[^a-z0-9](?=.)")
_KEPT_WORDS = 4096

_Tree: TypeAlias = "dict[str, _Tree]"


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, compiled: its parts are the groups ``indices``, named ``names`` in turn; ``span`` is what it takes."""

    id: str
    match: Callable[..., re.Match[str] | None]
    fixed: Mapping[str, str]
    names: tuple[str, ...]
    indices: tuple[int, ...]
    span: int
    then: tuple[str, ...]
    cased: tuple[int, ...]
    """Groups of months and weekdays, which may be other words in lower case."""
    carries_year: bool
    """Whether a follower continues a year (1915-17) and not a month and day."""


def _blank(found: re.Match[str]) -> str:
    """A blank of a rule is any white space; within a character class it is one of the class. No blank line fits."""
    text = found[0]
    return text.replace(" ", r"\s") if text[0] == "[" else r"\s[^\S\n]*" if text == " " else r"\s*"


def trie(words: Iterable[str]) -> str:
    """An expression for exactly ``words`` that decides letter by letter, longest first."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _trie_text(tree)


def _trie_text(node: _Tree) -> str:
    branches = [(c if c == " " else re.escape(c)) + _trie_text(n) for c, n in sorted(node.items()) if c]
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
    if "" not in node:
        return inner
    return f"(?:{inner})?"


def lowered(text: str) -> str:
    """``text`` in lower case, character for character: offsets stay."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class RuleBook:
    """All rules of a lexicon, each compiled once."""

    def __init__(self, lexicon: DateLexicon) -> None:
        self._lexicon = lexicon
        self._tables = _tables(lexicon)
        self.rules: dict[str, CompiledRule] = {}
        self.trees: dict[str, Tree] = {}
        for rule in lexicon.rules:
            text = self._expand(rule.pattern)
            self.rules[rule.id] = _compiled(rule, re.compile(text))
            self.trees[rule.id] = parsed(text)

    def _expand(self, pattern: str) -> str:
        """The rule's text as a regular expression, tables and macros put in."""
        return _BLANK.sub(_blank, self._fill(pattern))

    def _fill(self, pattern: str) -> str:
        def put(found: re.Match[str]) -> str:
            name, suffix = found[1], found[2]
            if name in self._tables:
                group, words = self._tables[name]
                body = trie(words)
                if name == "full_weekday":  # "Saturdays" of texts that lost their apostrophes
                    return rf"(?P<{group}{suffix}>{body})"
                return rf"(?P<{group}{suffix}>{body})\b" if group else rf"(?:{body})\b"
            filled = self._fill(self._lexicon.macros[name])
            return _GROUP.sub(lambda m: f"(?P<{m[1]}{suffix}>", filled) if suffix else filled

        return _TEMPLATE.sub(put, pattern)


def _compiled(rule: DateRule, regex: re.Pattern[str]) -> CompiledRule:
    groups = {name: i for name, i in regex.groupindex.items() if name not in ("span", "s")}
    cased = tuple(i for name, i in groups.items() if name.rstrip("23") in ("month", "weekday"))
    return CompiledRule(
        rule.id, regex.match, rule.fixed, tuple(groups), tuple(groups.values()), regex.groupindex.get("span", 0),
        rule.then, cased, rule.make.startswith("year"),
    )  # fmt: skip


class ClassRules:
    """The rules of one anchor class, by the word that they begin with; worked out when a word is first met."""

    __slots__ = ("_begun", "_book", "_ids")

    def __init__(self, book: RuleBook, ids: Sequence[str]) -> None:
        self._book, self._ids = book, ids
        self._begun: dict[str, tuple[CompiledRule, ...]] = {}

    def begun_by(self, word: str) -> tuple[CompiledRule, ...]:
        """The rules that can match from ``word`` on, in their order; numbers of one length are alike."""
        rules = self._begun.get(word)
        if rules is not None:
            return rules
        shape = _DIGIT.sub("0", word)
        if shape not in self._begun:
            book = self._book
            rules = tuple(book.rules[name] for name in self._ids if can_begin(book.trees[name], shape))
            if len(self._begun) >= _KEPT_WORDS:  # text without end of odd words
                self._begun.clear()
            self._begun[shape] = rules
        return self._begun[shape]


class Patterns:
    """The rules of a mode by the class of their anchors, and what finds the anchors."""

    def __init__(self, lexicon: DateLexicon, mode: Mode, book: RuleBook) -> None:
        rules = [rule for rule in lexicon.rules if mode in rule.modes]
        self.anchor_class = _anchor_classes(lexicon)
        classes = {name for rule in rules for name in rule.anchors}
        self.classes = {name: ClassRules(book, [r.id for r in rules if name in r.anchors]) for name in classes}
        digits = _DIGITS + (_BARE_CENTURIES if mode == "narrative" else _DAY_ORDINALS)
        # Halving the alphabet saves most words most of the branches.
        early, late = (trie(w for w in self.anchor_class if (w < "m") is side) for side in (True, False))
        words = rf"(?=[a-l])(?:{early})\b|(?=[m-z])(?:{late})\b"
        self.anchor = re.compile(rf"[^a-z0-9](?:(?=[a-z])(?:{words})|(?=[\df])(?:{digits}))").match
        """Matches an anchor behind the mark before it."""
        self._parted = frozenset({"fy", *(w.split(".")[0] for w in self.anchor_class if "." in w)})
        self.marks_in = Remembered(self._marks)
        """By a word of a text: how far from the mark before it those marks are that may stand before an anchor."""
        first = trie(lexicon.never_first)
        self._starts = re.compile(rf"(?<![^\W_])(?!(?:{first})\b)[^\W_]+")
        self.walk = _walker(lexicon, self.anchor_class)

    def _marks(self, word: str) -> tuple[int, ...]:
        low = "\n" + lowered(word)
        found = (m.start() for m in _MARK.finditer(low))
        return tuple(i for i in found if low[i + 1].isdecimal() or low[i + 1 :] in self._parted or self.anchor(low, i))

    def starts(self, low: str, start: int, end: int) -> list[tuple[int, str]]:
        """Where words that may open an expression begin in ``low[start:end]``, and the words."""
        return [(m.start(), m.group()) for m in self._starts.finditer(low, start, end)]


def _tables(lexicon: DateLexicon) -> dict[str, tuple[str, list[str]]]:
    """Template name to the name of its group and its words."""
    risky = set(lexicon.risky_months)
    full_months = [w for w in lexicon.months if w not in risky and (len(w) > 3)]
    return {
        "month": ("month", list(lexicon.months)),
        "risky_month": ("month", list(lexicon.risky_months)),
        "safe_month": ("month", full_months),
        "weekday": ("weekday", list(lexicon.weekdays)),
        "full_weekday": ("weekday", [w for w in lexicon.weekdays if len(w) > 5]),
        "season": ("season", list(lexicon.seasons)),
        "unit": ("unit", list(lexicon.units)),
        "unit_one": ("unit", [w for w in lexicon.units if w not in lexicon.plural_units]),
        "thirds": ("thirds", list(lexicon.thirds)),
        "references": ("reference", list(lexicon.references)),
        "sets": ("sets", list(lexicon.sets)),
        "holiday": ("holiday", [said for name in lexicon.holidays for said in spellings(name)]),
        "zone": ("zone", list(lexicon.zones)),
        "ordinal": ("ordinal", list(lexicon.ordinals)),
        "day_part": ("day_part", list(lexicon.day_parts)),
        "deictic": ("deictic", list(lexicon.anchors["deictic"])),
        "numberword": ("", list(lexicon.numbers)),
    }


def spellings(name: str) -> tuple[str, ...]:
    """A name with its apostrophe straight, curly and lost."""
    return (name, name.replace("'", "\u2019"), name.replace("'", "")) if "'" in name else (name,)


def _anchor_classes(lexicon: DateLexicon) -> dict[str, str]:
    """Word to the class of rules that are tried where it stands."""
    classes: dict[str, str] = {}
    for table, name in (
        (lexicon.references, "reference"), (lexicon.units, "unit"), (lexicon.day_parts, "day_part"),
        (lexicon.seasons, "season"), (lexicon.sets, "set"), (lexicon.weekdays, "weekday"), (lexicon.months, "month"),
    ):  # fmt: skip
        for phrase in table:
            word = phrase.split()[-1]
            if name != "reference" or word not in lexicon.units:
                classes[word] = name
            if name == "weekday" and len(word) > 5:
                classes[word + "s"] = name
    for name, words in lexicon.anchors.items():
        classes.update(dict.fromkeys(words, name))
    return classes


def _walker(lexicon: DateLexicon, anchors: Mapping[str, str]) -> Callable[..., re.Match[str] | None]:
    """Matches, on the reversed text, the words before an anchor that may belong to its expression."""
    words = {
        w
        for phrase in (*lexicon.thirds, *(s for name in lexicon.holidays for s in spellings(name)))
        for w in phrase.split()
    }
    words |= {*lexicon.lead, *lexicon.numbers, *lexicon.ordinals, *anchors}
    reverse = trie(word[::-1] for word in words)
    number = r"(?:ht|dn|dr|ts)?[\d,.:]*\d"
    gap = r"(?:['\u2019\u2018]?\s{1,2},?|['\u2019\u2018]?-|\s?[–—]\s?|/)"
    step = rf"{gap}(?:(?:{reverse})(?!\w)|{number}(?!\w))"
    counted = trie(word[::-1] for word in lexicon.numbers)
    return re.compile(rf"(?:{step}){{0,7}}(?:\s[a-z]{{3,12}}\s(?:(?:{counted})|\d+)(?!\w)(?:{step}){{0,3}})?").match
