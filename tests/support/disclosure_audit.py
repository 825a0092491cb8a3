"""Whether a group's report exposes too few people, straight from the rule and from what the report says; shares no code with the kit.

Every figure is a row over columns ``(person, item, occasion, option)``. People are exposed if without their columns the matrix has a
smaller rank. All sets of people who are few enough are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

Row = dict[tuple[Any, ...], Fraction]
CLOSE = 1e-9


class Given(NamedTuple):
    """An answer to an item; the item is ``scenario@content``, or ``material/situation@content`` of material with several."""

    person: int
    session: int
    at: int
    item: str
    option: str


@dataclass(frozen=True)
class Item:
    """What is known of an item: its areas, and what its options earn; where it is not scored, None."""

    relation: str
    theme: str
    credits: Mapping[str, Fraction | None]

    @property
    def is_scored(self) -> bool:
        return None not in self.credits.values()


@dataclass
class Figure:
    """A published number with its row."""

    name: str
    value: float
    row: Row


class Records:
    """What the people behind a report answered, each person's first and last answers."""

    def __init__(self, answers: Iterable[Given], items: Mapping[str, Item], told: Mapping[str, Any]) -> None:
        self.items = items
        by_time = sorted(answers, key=lambda answer: (answer.person, answer.at))
        scored = [items[answer.item] for answer in by_time if items[answer.item].is_scored]
        self._scored_areas = {("relation", item.relation) for item in scored} | {("theme", item.theme) for item in scored}
        firsts: dict[tuple[int, str], Given] = {}
        lasts: dict[tuple[int, str], Given] = {}
        sessions: dict[tuple[int, str], list[int]] = {}
        for answer in by_time:
            place = (answer.person, answer.item)
            firsts.setdefault(place, answer)
            known = sessions.setdefault(place, [])
            if answer.session not in known:
                known.append(answer.session)
                lasts[place] = answer
        repeated = {place for place, known in sessions.items() if len(known) > 1 and items[place[1]].is_scored}
        required = [(entry["table"], entry["name"]) for entry in told["counted"]["required"]]
        if told["counted"]["same_situations"]:
            wanted = {name for table, name in required if table == "item"}
            again = {name for table, name in required if table == "repeated"}
            firsts = {place: answer for place, answer in firsts.items() if place[1] in wanted}
            repeated = {place for place in repeated if place[1] in again}
        people = {person for person, _ in firsts}
        for table, name in required:
            pool = repeated if table in {"gain", "repeated"} else firsts.keys()
            people &= {person for person, item in pool if self.fits(item, table, name)}
        self.people = sorted(people)
        self.first = {place: answer.option for place, answer in firsts.items() if place[0] in people}
        self.last = {place: lasts[place].option for place in repeated if place[0] in people}

    def fits(self, item: str, table: str, name: str) -> bool:
        """Tell whether an item belongs to what a requirement or a figure is about.

        What is not scored is in no gain, and in an area only where nothing is scored.
        """
        if table in {"item", "repeated"}:
            return item == name
        found = self.items[item]
        if table == "gain":
            return found.is_scored and name in {"all", found.relation}
        own = found.theme if table == "theme" else found.relation
        return own == name and (found.is_scored or (table, name) not in self._scored_areas)

    def means(self, occasion: str, places: Iterable[tuple[int, str]], *, power: int) -> Row:
        """Return the row of the people's mean of their own means of credit; to the power 0 it counts people."""
        by_person: dict[int, list[str]] = {}
        for person, item in places:
            by_person.setdefault(person, []).append(item)
        whole = len(by_person) if power else 1
        return {
            (person, item, occasion, option): Fraction(1, len(own) * whole) * _power(credit, power)
            for person, own in by_person.items()
            for item in own
            for option, credit in self.items[item].credits.items()
        }

    def sums(self, item: str, *, power: int, option: str | None = None) -> Row:
        """Return the row that sums the credits of first answers to an item, or counts them, or those with one option."""
        return {
            (person, item, "first", each): _power(credit, power)
            for person, other in self.first
            if other == item
            for each, credit in self.items[item].credits.items()
            if option in {None, each}
        }

    def value(self, row: Row) -> Fraction:
        """Return what a row gives for the answers that were in fact given."""
        chosen = {(person, item, "first", option) for (person, item), option in self.first.items()}
        chosen |= {(person, item, "last", option) for (person, item), option in self.last.items()}
        chosen |= {(person, "here") for person in self.people}
        return sum((weight for column, weight in row.items() if column in chosen), Fraction(0))


def _power(credit: Fraction | None, power: int) -> Fraction:
    """Return a power of a credit; the power 0 counts, also what is not scored."""
    if not power:
        return Fraction(1)
    assert credit is not None, "of what is not scored only numbers of people are shown"
    return credit**power


def figures_of(told: Mapping[str, Any], records: Records) -> list[Figure]:
    """Return every linear figure that a report in JSON holds, with its row."""
    report = told["report"]
    here: Row = {(person, "here"): Fraction(1) for person in records.people}
    found = [Figure("people", report["persons"], here), Figure("counted", told["counted"]["persons"], here)]
    for table, place in (("relation", "by_relation"), ("theme", "by_theme")):
        for area in report[place]:
            own = [where for where in records.first if records.fits(where[1], table, area["name"])]
            found.append(Figure(f"{table} {area['name']}: people", area["persons"], records.means("first", own, power=0)))
            if area["credit"] is not None:
                found.append(Figure(f"{table} {area['name']}", area["credit"], records.means("first", own, power=1)))
    for gain in report["gains"]:
        own = [where for where in records.last if records.fits(where[1], "gain", gain["name"])]
        found.append(Figure(f"gain {gain['name']}: people", gain["persons"], records.means("first", own, power=0)))
        for occasion, what in (("first", "before"), ("last", "after")):
            if gain[what] is not None:
                found.append(Figure(f"gain {gain['name']}: {what}", gain[what], records.means(occasion, own, power=1)))
    return [*found, *_figures_of_items(told, records)]


def _figures_of_items(told: Mapping[str, Any], records: Records) -> Iterator[Figure]:
    for item in told["items"]:
        name, persons = item["name"], item["persons"]
        yield Figure(f"{name}: people", persons, records.sums(name, power=0))
        if item["credit"] is not None:
            yield Figure(f"{name}: credit", persons * item["credit"], records.sums(name, power=1))
        if item["sd"] is not None:
            squares = (persons - 1) * item["sd"] ** 2 + persons * item["credit"] ** 2
            yield Figure(f"{name}: squares", squares, records.sums(name, power=2))
    for situation in (*told["report"]["divisive"], *told["report"]["to_discuss"], *told["report"]["unscored"]):
        name = f"{situation['scenario']}@{situation['content']}"
        if situation["credit"] is not None:
            yield Figure(f"{name}: fit", situation["credit"] * situation["persons"], records.sums(name, power=1))
        for choice in situation["choices"]:
            row = records.sums(name, power=0, option=choice["option"])
            yield Figure(f"{name}: {choice['option']}", choice["persons"], row)
            yield Figure(f"{name}: share of {choice['option']}", choice["share"] * situation["persons"], row)


def untrue(figures: Sequence[Figure], records: Records) -> list[str]:
    """Return the figures that are not what their row gives: then the rows would not be those of the report."""
    return [figure.name for figure in figures if abs(float(records.value(figure.row)) - figure.value) > CLOSE]


def exposed(rows: Sequence[Row], people: Sequence[int], least: int) -> frozenset[int] | None:
    """Return fewer than `least` people whom the rows expose; None where there are none.

    Sets of just ``least − 1`` people are enough, as whoever is exposed in a smaller set is so in a larger one. Where some people's columns
    have the full rank already, all sets without them are settled.
    """
    blocks = _blocks(rows, people)
    whole = _Basis()
    for block in {tuple(block): block for block in blocks.values()}.values():  # people with the same pattern have the same columns
        whole.add(block)
    left_out = min(least - 1, len(people))

    def search(basis: _Basis, place: int, out: tuple[int, ...]) -> frozenset[int] | None:
        if basis.rank == whole.rank:
            return None
        if place == len(people):
            return frozenset(out) if len(out) <= left_out else None
        if len(out) < left_out and (found := search(basis, place + 1, (*out, people[place]))) is not None:
            return found
        more = basis.copy()
        more.add(blocks[people[place]])
        return search(more, place + 1, out)

    return search(_Basis(), 0, ())


Vector = tuple[tuple[int, Fraction], ...]


def _blocks(rows: Sequence[Row], people: Sequence[int]) -> dict[int, list[Vector]]:
    """Return each person's different columns, by row."""
    columns: dict[tuple[Any, ...], list[tuple[int, Fraction]]] = {}
    for number, row in enumerate(rows):
        for column, weight in row.items():
            if weight:
                columns.setdefault(column, []).append((number, weight))
    blocks: dict[int, set[Vector]] = {person: set() for person in people}
    for column, vector in columns.items():
        blocks[column[0]].add(tuple(vector))
    return {person: sorted(block) for person, block in blocks.items()}


class _Basis:
    """Independent vectors, by the place of their first entry."""

    def __init__(self, vectors: dict[int, dict[int, Fraction]] | None = None) -> None:
        self._vectors = vectors or {}

    @property
    def rank(self) -> int:
        return len(self._vectors)

    def copy(self) -> _Basis:
        return _Basis(dict(self._vectors))

    def add(self, vectors: Iterable[Vector]) -> None:
        for vector in vectors:
            left = dict(vector)
            while left:
                lead = min(left)
                known = self._vectors.get(lead)
                if known is None:
                    self._vectors[lead] = {place: weight / left[lead] for place, weight in left.items()}
                    break
                factor = left[lead]
                for place, weight in known.items():
                    rest = left.get(place, Fraction(0)) - factor * weight
                    if rest:
                        left[place] = rest
                    else:
                        left.pop(place, None)
