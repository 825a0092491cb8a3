"""The answered items with their texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from etiquette_kit.analysis.reports.summaries import Response, Summaries
from etiquette_kit.bank import Bank
from etiquette_kit.content.material import spoken_language
from etiquette_kit.content.opening import opening_of
from etiquette_kit.formats import Format, ItemAnswer, ItemOption, Material, Situation
from etiquette_kit.locale import catalog

Part = Literal["relation", "theme"]


@dataclass(frozen=True)
class KnownItem:
    """An item: one version of material, or one of its situations.

    Attributes
    ----------
    id : str
        The material's id, or ``material/situation`` where its format has several items; see `Summaries.item_id`.
    content : str
        The hash of the version; a different version is a different item.
    title : str
        Its title.
    relation, theme, rule : str
        Its relation, its theme, and the rule of the decision table that applies; empty where unknown.
    options : tuple of ItemOption
        The possible answers, with text and credit; empty where answers are not counted.
    is_scored : bool
        Whether its answers have a credit.
    opening : str
        How its situation begins; empty where it tells of none.
    """

    id: str
    content: str
    title: str
    relation: str
    theme: str
    rule: str
    options: tuple[ItemOption, ...]
    is_scored: bool
    opening: str = ""

    @property
    def name(self) -> str:
        """The item's name in tables, ``id@content``."""
        return f"{self.id}@{self.content}"

    @property
    def is_constant(self) -> bool:
        """Whether it is scored and all of its options have the same credit, which is then not informative."""
        return self.is_scored and len({option.credit for option in self.options}) == 1


class KnownAnswer(NamedTuple):
    """An answer to one item: the item's name, the option, and the credit, None where the item is not scored."""

    item: str
    option: str
    credit: float | None


class KnownAnswers(NamedTuple):
    """Answers with their items.

    Attributes
    ----------
    items : dict of str to KnownItem
        The answered items by name.
    answers : dict of Response to sequence of KnownAnswer
        The credits of each response by item; responses that are left out are missing.
    left_out : set of str
        The hashes of contents with an unreadable answer; all answers to them in that format are left out.
    """

    items: dict[str, KnownItem]
    answers: dict[Response, Sequence[KnownAnswer]]
    left_out: set[str]


def known_answers(given: Iterable[Response], summaries: Summaries, bank: Bank, lang: str) -> KnownAnswers:
    """Return distinct responses with their items and credits.

    Titles, texts of options, relations and credits are those of the stored content, independent of the present bank and decision table.
    Only the theme and the rule, which are not stored, come from the bank, if it has material with the same id.

    Parameters
    ----------
    given : iterable of Response
        The responses.
    summaries : Summaries
        The stored content.
    bank : Bank
        The present material.
    lang : str
        The language of all texts; content that lacks it is shown in its own language.
    """
    found = KnownAnswers({}, {}, set())
    together: dict[tuple[str, str], list[Response]] = {}
    for response in given:
        together.setdefault(response[:2], []).append(response)
    # Sorted, because the order in the store would reveal something about people.
    for (content, format_name), responses in sorted(together.items()):
        readable = {response: summary for response in responses if (summary := summaries.summary(response)) is not None}
        read = summaries.material(content, format_name)
        if read is None or len(readable) < len(responses) or not _add(found, summaries, read, readable, bank, lang):
            found.left_out.add(content)
    return found


def _add(
    found: KnownAnswers,
    summaries: Summaries,
    read: tuple[Format, Material],
    readable: Mapping[Response, Sequence[ItemAnswer]],
    bank: Bank,
    lang: str,
) -> bool:
    """Add the answers to content in one format, and return whether that was possible: answers with an unknown option cannot be counted."""
    item_format, material = read
    given = next(iter(readable))
    every = [answer for summary in readable.values() for answer in summary]
    written = spoken_language(material, lang)
    options = {item: tuple(offered) for item, offered in item_format.item_options(material, written).items()}
    if any(options.get(answer.item) and answer.option not in {option.option for option in options[answer.item]} for answer in every):
        return False
    credits_ = [(answer.item, answer.credit) for answer in every]
    credits_ += [(item, option.credit) for item, offered in options.items() for option in offered]
    unscored = {item for item, credit in credits_ if credit is None}
    present = _situations(item_format.materials(bank).get(material.id))
    names = {}
    for answer in every:
        if answer.item in names:
            continue
        own = present.get(answer.item or material.id, Situation("", "", ""))
        title = material.title(written)
        item = KnownItem(
            summaries.item_id(given, material, answer.item),
            given[0],
            f"{title} · {answer.item}" if answer.item else title,
            answer.relation if answer.relation in catalog(lang).table("short.relation") else "",
            answer.theme or own.theme,
            own.rule,
            options.get(answer.item, ()),
            is_scored=answer.item not in unscored,
            opening=opening_of(material, written),
        )
        names[answer.item] = item.name
        found.items[item.name] = item
    for response, summary in readable.items():
        found.answers[response] = [
            KnownAnswer(names[answer.item], answer.option, None if answer.item in unscored else answer.credit) for answer in summary
        ]
    return True


def _situations(material: Material | None) -> dict[str, Situation]:
    return {} if material is None else {situation.id: situation for situation in material.situations}


def areas(items: Mapping[str, KnownItem], part: Part) -> dict[str, str]:
    """Return, by item, the relation or theme in which its answers count; items without one are missing.

    If an area has scored items, only they count there, so that its number of people is that of its mean.
    """
    scored = {getattr(item, part) for item in items.values() if item.is_scored}
    named = {name: str(getattr(item, part)) for name, item in items.items()}
    return {name: area for name, area in named.items() if area and (items[name].is_scored or area not in scored)}
