"""Places named in a report: found by name, read with the words around them, told apart from namesakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from configs.model import Place, PlaceKind
from configs.place_language import PlaceWords
from transforms.place_geometry import distance
from transforms.place_index import Match, PlaceIndex, is_name
from transforms.place_names import FeatureTable
from transforms.text import Words, fold_phrase

SETTLEMENTS = ("city", "town", "village")
_KINDRED_KINDS = (("airport", "base"), ("hill", "region"), ("region", "hill"), ("base", "airport"))


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Tokens ``first:last``, characters ``start:end``, name a place (``text``, a feature word included where it is part of the name).

    ``area`` is set where the words speak of what lies around the place ("Hama countryside", "near Hama"), ``part`` are the words
    that take a part of it ("eastern", "outskirts"). ``candidates`` are the ids of all namesakes, the chosen one first.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    place_id: str
    name: str
    kind: PlaceKind
    admin1: str | None
    country: str | None
    geo_prec: int
    parent: str | None = None
    provisional: bool = False
    lat: float | None = None
    lon: float | None = None
    near: str | None = None
    area: bool = False
    part: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a name: article start, features before ("of") and after it, and the words for a part."""

    first: int
    after: tuple[int, str] | None
    before: tuple[int, str] | None
    opener: tuple[int, str] | None
    part: str | None
    nearby: bool


class PlaceReader:
    """Reads the words around names. Holds the language's words in the form in which tokens are compared with them."""

    def __init__(self, words: PlaceWords, features: FeatureTable) -> None:
        self.words, self.features = words, features
        self.articles, self.plain = frozenset(words.articles), frozenset(words.plain_articles)
        self.openers, self.of = frozenset(words.name_openers), frozenset(words.of_words)
        self.stop = frozenset("".join(fold_phrase(w)) for w in words.stop_names if fold_phrase(w))
        self.person_before = frozenset(words.person_before)
        self.rural = frozenset(words.rural_words)
        self.parts = frozenset(words.part_words)
        self.organisations = _by_first(words.organisation_after)
        self.around = _by_last(words.around_words)
        self.compass = _by_last(phrase for phrases in words.compass.values() for phrase in phrases)

    def article_start(self, text: str, tokens: Words, first: int) -> int:
        """The token where the name at ``first`` begins, its article included."""
        if first == 0 or tokens.norms[first - 1] not in self.articles:
            return first
        before, begin = tokens.ends[first - 1], tokens.starts[first]
        norm, capital = tokens.norms[first - 1], tokens.texts[first - 1][0].isupper()
        hyphen = begin == before + 1 and text[before] in "-‐‑"
        inside = (
            first > 1 and tokens.ends[first - 2] == tokens.starts[first - 1] - 1 and text[tokens.ends[first - 2]] == " "
        )
        sun = norm[-1] == tokens.norms[first][0] and capital and inside
        return first - 1 if hyphen or (begin == before + 1 and (norm in self.plain or sun)) else first

    def around_name(self, text: str, tokens: Words, match: Match) -> Around:
        """The words around ``match``: feature words, parts, compass."""
        norms, end = tokens.norms, len(tokens)
        first = self.article_start(text, tokens, match.first)
        after = self.features.at(norms, match.last, end)
        opener = self.features.ending(norms, first, opens=True)
        before, i = None, first - 1 if first and norms[first - 1] == "the" else first
        if i > 1 and norms[i - 1] == "of":
            before = self.features.ending(norms, i - 1)
            i = before[0] if before else i
        elif i and tokens.texts[i - 1][0].islower():
            before = self.features.ending(norms, i)  # "the village Khasham"
            i = before[0] if before else i
        part, nearby = self._part(tokens, i)
        return Around(first, after, before, opener, part, nearby)

    def _part(self, tokens: Words, i: int) -> tuple[str | None, bool]:
        norms, last = tokens.norms, i
        nearby = False
        while i > 0 and last - i < 6:
            step = _ends(self.around, norms, i) or 0
            nearby = nearby or bool(step)
            step = (
                step
                or _ends(self.compass, norms, i)
                or (1 if norms[i - 1] in self.parts or norms[i - 1] in self.rural else 0)
            )
            if not step and i > 1 and norms[i - 1] in ("of", "the", "in", "its") and (i < last or norms[i - 1] == "of"):
                step = 1 if norms[i - 2] in self.parts or _ends(self.compass, norms, i - 1) else 0
            if not step:
                break
            i -= step
        if i == last:
            return None, False
        return " ".join(tokens.texts[i:last]), nearby or (
            norms[last - 1] == "of" and bool(_ends(self.compass, norms, last - 1))
        )

    def is_other(self, tokens: Words, first: int, last: int) -> bool:
        """Whether the words around say that the name is a person's, an organisation's or part of a longer one."""
        norms, texts = tokens.norms, tokens.texts
        if (
            first
            and texts[first - 1][0].isupper()
            and (norms[first - 1] in self.person_before or norms[first - 1] in self.openers)
        ):
            return True
        return last < len(tokens) and any(
            tuple(norms[last : last + len(p)]) == p for p in self.organisations.get(norms[last], ())
        )


class PlaceFinder:
    """Finds the places of a gazetteer in tokenised text.

    ``places`` come in order of preference: of two namesakes the earlier one is meant, until :meth:`settle` knows better.
    """

    def __init__(self, places: Sequence[Place], words: PlaceWords, admin1: Sequence[str]) -> None:
        self.features = FeatureTable(words)
        self.index = PlaceIndex(places, words, admin1, self.features)
        self.reader = PlaceReader(words, self.features)
        self.places = self.index.places
        self.by_id = {place.place_id: place for place in self.places}

    def find(self, text: str, tokens: Words, first: int = 0, last: int | None = None) -> list[PlaceMention]:
        """Mentions of gazetteer places within tokens ``first:last``, from left to right, none overlapping."""
        found: list[PlaceMention] = []
        i, end = first, len(tokens) if last is None else last
        begins, norms, texts = self.index.begins, tokens.norms, tokens.texts
        while i < end:
            if is_name(texts[i]) and begins(norms[i]):
                mention = self._at(text, tokens, i)
                if mention is not None:
                    found.append(mention)
                    i = max(mention.last, i + 1)
                    continue
            i += 1
        return found

    def _at(self, text: str, tokens: Words, i: int) -> PlaceMention | None:
        for match in self.index.matches(tokens, i):
            around = self.reader.around_name(text, tokens, match)
            mention = self._read(text, tokens, match, around)
            if mention is not None:
                return mention
        return None

    def _read(self, text: str, tokens: Words, match: Match, around: Around) -> PlaceMention | None:
        """The mention that ``match`` makes in its surroundings; None where it is no place after all."""
        reader, entry = self.reader, match.entry
        after, before = around.after, around.before
        if reader.is_other(tokens, around.first, match.last):
            return None
        cue = after or before
        bare = match.core in reader.stop or (match.last - match.first == 1 and match.core in reader.openers)
        if bare and cue is None and around.opener is None:
            with_article = around.first < match.first and f"{tokens.norms[around.first]}{match.core}" not in reader.stop
            if not (with_article and None in entry):
                return None
        for feature in (after, before, around.opener):
            if feature is not None and feature[1] in entry:
                return self._mention(text, tokens, match, around, entry[feature[1]], feature)
        own = next(
            (f for f in (after, around.opener) if f is not None and self.features.word(f[1]).role == "own"), None
        )
        if own is not None and (kindred := self._kindred(entry, own[1])):
            return self._mention(text, tokens, match, around, kindred, own)
        if None not in entry:
            rural = around.part is not None and any(w in reader.rural for w in around.part.lower().split())
            if rural and "governorate" in entry:
                return self._mention(text, tokens, match, around, entry["governorate"], None)
            return None
        if (
            around.part is not None
            and "governorate" in entry
            and any(w in reader.rural for w in around.part.lower().split())
        ):
            return self._mention(text, tokens, match, around, entry["governorate"], None)
        if own is not None and own[0] != match.last and self._may_extend(entry):
            return self._own_place(text, tokens, match, around, own, entry[None][0])
        if cue is not None and self.features.word(cue[1]).role == "own":
            cue = None
        return self._mention(text, tokens, match, around, self._preferred(entry[None], cue), cue)

    def _kindred(self, entry: dict[str | None, tuple[int, ...]], feature: str) -> tuple[int, ...] | None:
        """Places under another feature word for the same kind of thing: "Omar field" for "Omar oil field"."""
        groups = (
            ("oil", "gas", "field"),
            ("air", "base"),
            ("road", "junction"),
            ("hill", "heights", "valley"),
            ("camp", "district"),
            ("dam", "lake"),
        )
        for group in groups:
            if feature in group:
                for other in group:
                    if other in entry:
                        return entry[other]
        if None in entry:
            kind = "region" if feature == "heights" else self.features.word(feature).kind
            return (
                tuple(
                    n
                    for n in entry[None]
                    if self.places[n].kind == kind or (kind, self.places[n].kind) in _KINDRED_KINDS
                )
                or None
            )
        return None

    def _may_extend(self, entry: dict[str | None, tuple[int, ...]]) -> bool:
        return self.places[entry[None][0]].kind in (*SETTLEMENTS, "district", "region", "camp", "unknown")

    def _preferred(self, numbers: tuple[int, ...], cue: tuple[int, str] | None) -> tuple[int, ...]:
        if cue is None or len(numbers) == 1:
            return numbers
        word = self.features.word(cue[1])
        kinds = SETTLEMENTS if word.role == "settlement" else (word.kind,)
        return tuple(sorted(numbers, key=lambda n: self.places[n].kind not in kinds))

    def _mention(
        self,
        text: str,
        tokens: Words,
        match: Match,
        around: Around,
        numbers: tuple[int, ...],
        feature: tuple[int, str] | None,
    ) -> PlaceMention:
        place = self.places[numbers[0]]
        word = self.features.word(feature[1]) if feature else None
        first, last, possessive = around.first, match.last, match.possessive
        if feature is not None and word is not None and word.role == "own" and feature is not around.before:
            first, last = (feature[0], last) if feature is around.opener else (first, feature[0])
            possessive = possessive and last == match.last
        area = around.nearby or (word is not None and word.role in ("governorate", "area"))
        if word is not None and word.role == "district" and place.kind != "district":
            area = True
        part = around.part
        if (
            part is None
            and word is not None
            and place.kind != "governorate"
            and word.role in ("governorate", "area", "district")
            and area
        ):
            part = " ".join(tokens.texts[i] for i in _feature_tokens(feature, around, match)) or None
        start, end = (
            tokens.starts[first],
            tokens.ends[last - 1] - _possessive_length(tokens.texts[last - 1], possessive),
        )
        return PlaceMention(
            first, last, start, end, text[start:end], place.place_id, place.name, place.kind, place.admin1, place.country, place.geo_prec,
            place.parent, False, place.lat, place.lon, None, area, part, tuple(self.places[n].place_id for n in numbers),
        )  # fmt: skip

    def _own_place(
        self, text: str, tokens: Words, match: Match, around: Around, feature: tuple[int, str], number: int
    ) -> PlaceMention:
        """A place of its own, named after one that the gazetteer has ("Raqqa silos"): provisional, near that place."""
        start, end, place = tokens.starts[around.first], tokens.ends[feature[0] - 1], self.places[number]
        mention = self._mention(text, tokens, match, around, (number,), None)
        name = f"{place.name} {' '.join(tokens.norms[match.last : feature[0]])}"
        return replace(
            mention, last=feature[0], start=start, end=end, text=text[start:end], place_id=provisional_id(name, place.admin1), name=text[start:end],
            kind=self.features.word(feature[1]).kind, geo_prec=2, parent=None, provisional=True, near=place.place_id, area=False, candidates=(),
        )  # fmt: skip

    def settle(self, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Namesakes told apart by the governorates and neighbours that the same report names; order within it is kept.

        A candidate scores for every other place of the report in its governorate, more for its parent or children and
        for places within 30 km; at a tie the one that :meth:`find` preferred stays.
        """
        known = {
            m.place_id: self.by_id[m.place_id] for m in mentions if m.place_id in self.by_id and len(m.candidates) < 2
        }
        weight = Counter(m.place_id for m in mentions)
        settled = [m if len(m.candidates) < 2 else self._settle_one(m, known, weight) for m in mentions]
        return [self._placed(m, settled) if m.provisional and m.admin1 is None else m for m in settled]

    def _settle_one(self, mention: PlaceMention, known: dict[str, Place], weight: Counter[str]) -> PlaceMention:
        def score(place_id: str) -> float:
            place, total = self.by_id[place_id], 0.0
            for other in known.values():
                if other.kind == "country" or other.place_id == place_id:
                    continue
                bond = 1.0 if other.admin1 == place.admin1 else 0.0
                bond += 2.0 if place.parent == other.place_id or other.parent == place_id else 0.0
                if None not in (place.lat, place.lon, other.lat, other.lon):
                    bond += 1.0 if distance(place.lat, place.lon, other.lat, other.lon) < 30 else 0.0  # type: ignore[arg-type]
                total += bond * min(2, weight[other.place_id])
            return total

        best = max(mention.candidates, key=score)  # the first of equals
        if best == mention.place_id or score(best) == score(mention.place_id):
            return mention
        place = self.by_id[best]
        others = (best, *(c for c in mention.candidates if c != best))
        return replace(
            mention, place_id=best, name=place.name, kind=place.kind, admin1=place.admin1, country=place.country, geo_prec=place.geo_prec,
            parent=place.parent, lat=place.lat, lon=place.lon, candidates=others,
        )  # fmt: skip

    @staticmethod
    def _placed(mention: PlaceMention, mentions: Sequence[PlaceMention]) -> PlaceMention:
        """An unknown place takes the governorate of the nearest place that the text names within some sixty words."""
        near = min(
            (
                m
                for m in mentions
                if m.admin1 and not m.provisional and m.kind != "country" and abs(m.first - mention.first) < 60
            ),
            key=lambda m: (abs(m.first - mention.first), m.first),
            default=None,
        )
        if near is None:
            return mention
        return replace(
            mention,
            admin1=near.admin1,
            country=near.country,
            place_id=mention.place_id.rsplit("@", 1)[0] + "@" + slug(near.admin1 or ""),
        )


def provisional_id(name: str, admin1: str | None) -> str:
    """The id of a place that no gazetteer has: the same for the same name in the same governorate."""
    return f"p:{slug(name)}@{slug(admin1 or '')}"


def slug(name: str) -> str:
    return "_".join(fold_phrase(name))


def _possessive_length(word: str, possessive: bool) -> int:
    return 0 if not possessive else 2 if word[-2:-1] in "'’ʼ`" else 1


def _feature_tokens(feature: tuple[int, str] | None, around: Around, match: Match) -> Iterable[int]:
    if feature is None or feature is around.opener:
        return ()
    return range(match.last, feature[0]) if feature is around.after else range(feature[0], feature[0] + 1)


def _by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in map(fold_phrase, phrases):
        table.setdefault(phrase[0], []).append(phrase)
    return table


def _by_last(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(map(fold_phrase, phrases), key=len, reverse=True):
        table.setdefault(phrase[-1], []).append(phrase)
    return table


def _ends(table: dict[str, list[tuple[str, ...]]], norms: Sequence[str], last: int) -> int:
    """How many words of ``table`` end before token ``last``."""
    for phrase in table.get(norms[last - 1], ()) if last else ():
        if last >= len(phrase) and tuple(norms[last - len(phrase) : last]) == phrase:
            return len(phrase)
    return 0
