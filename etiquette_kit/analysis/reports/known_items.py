"""What is known of the items that were answered, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from etiquette_kit.analysis.reports.summaries import Response, Summaries
from etiquette_kit.bank import Bank
from etiquette_kit.content.material import spoken_language
from etiquette_kit.formats import Format, ItemAnswer, ItemOption, Material, Situation
from etiquette_kit.locale import catalog

Part = Literal["relation", "theme"]


@dataclass(frozen=True)
class KnownItem:
    """What counts as one item: some material in one version, or one of the situations in it.

    Attributes
    ----------
    id : str
        The material's id, or ``material/situation`` where its format has several items; see `Summaries.item_id`.
    content : str
        The hash of the content; another one is another item.
    title : str
        What it is called.
    relation, theme, rule : str
        Who it is about, its theme, and the rule of the decision table that answers it; empty where that is not known.
    options : tuple of ItemOption
        What could be answered, with its words and what it earns; empty where answers are not counted.
    is_scored : bool
        Whether its answers have a credit.
    """

    id: str
    content: str
    title: str
    relation: str
    theme: str
    rule: str
    options: tuple[ItemOption, ...]
    is_scored: bool

    @property
    def name(self) -> str:
        """The item as tables name it, ``id@content``."""
        return f"{self.id}@{self.content}"

    @property
    def is_constant(self) -> bool:
        """Whether it is scored and all of its options earn the same: then its credits tell nothing."""
        return self.is_scored and len({option.credit for option in self.options}) == 1


class KnownAnswer(NamedTuple):
    """An answer to one item: the item's name, the option, and the credit, None where the item is not scored."""

    item: str
    option: str
    credit: float | None


class KnownAnswers(NamedTuple):
    """What is known of some answers.

    Attributes
    ----------
    items : dict of str to KnownItem
        By name, the items that they are to.
    answers : dict of Response to sequence of KnownAnswer
        What each of them is worth, item by item; those that are left out are missing.
    left_out : set of str
        Contents to which an answer cannot be read; in that format, all answers to them are left out.
    """

    items: dict[str, KnownItem]
    answers: dict[Response, Sequence[KnownAnswer]]
    left_out: set[str]


def known_answers(given: Iterable[Response], summaries: Summaries, bank: Bank, lang: str) -> KnownAnswers:
    """Return what is known of some different answers, and of the items that they are to.

    Titles, words of options, relations and credits are those of the stored content, whatever the bank and the decision table say today.
    Only what is not stored comes from the bank: the theme and the rule, where it has material of the same id.

    Parameters
    ----------
    given : iterable of Response
        The answers.
    summaries : Summaries
        The stored content.
    bank : Bank
        The material of today.
    lang : str
        The language of all words; content that was not written in it keeps its own.
    """
    found = KnownAnswers({}, {}, set())
    together: dict[tuple[str, str], list[Response]] = {}
    for response in given:
        together.setdefault(response[:2], []).append(response)
    for (content, format_name), responses in sorted(together.items()):  # by name: which came first in the store tells about people
        told = {response: summary for response in responses if (summary := summaries.summary(response)) is not None}
        read = summaries.material(content, format_name)
        if read is None or len(told) < len(responses) or not _add(found, summaries, read, told, bank, lang):
            found.left_out.add(content)
    return found


def _add(
    found: KnownAnswers,
    summaries: Summaries,
    read: tuple[Format, Material],
    told: Mapping[Response, Sequence[ItemAnswer]],
    bank: Bank,
    lang: str,
) -> bool:
    """Add the answers to some content in one format, and tell whether that could be done: an option that there is not cannot be counted."""
    played, material = read
    given = next(iter(told))
    every = [answer for summary in told.values() for answer in summary]
    spoken = spoken_language(material, lang)
    options = {item: tuple(some) for item, some in played.item_options(material, spoken).items()}
    if any(options.get(answer.item) and answer.option not in {option.option for option in options[answer.item]} for answer in every):
        return False
    credits_ = [(answer.item, answer.credit) for answer in every]
    credits_ += [(item, option.credit) for item, some in options.items() for option in some]
    unscored = {item for item, credit in credits_ if credit is None}
    today = _situations(played.materials(bank).get(material.id))
    names = {}
    for answer in every:
        if answer.item in names:
            continue
        own = today.get(answer.item or material.id, Situation("", "", ""))
        title = material.title(spoken)
        item = KnownItem(
            summaries.item_id(given, material, answer.item),
            given[0],
            f"{title} · {answer.item}" if answer.item else title,
            answer.relation if answer.relation in catalog(lang).table("short.relation") else "",
            answer.theme or own.theme,
            own.rule,
            options.get(answer.item, ()),
            is_scored=answer.item not in unscored,
        )
        names[answer.item] = item.name
        found.items[item.name] = item
    for response, summary in told.items():
        found.answers[response] = [
            KnownAnswer(names[answer.item], answer.option, None if answer.item in unscored else answer.credit) for answer in summary
        ]
    return True


def _situations(material: Material | None) -> dict[str, Situation]:
    return {} if material is None else {situation.id: situation for situation in material.situations}


def areas(items: Mapping[str, KnownItem], part: Part) -> dict[str, str]:
    """Return, by item, the relation or theme in whose figure its answers count; items without one are missing.

    Where items with a credit are in an area, only they count there: an area's people are those its mean is about.
    """
    scored = {getattr(item, part) for item in items.values() if item.is_scored}
    named = {name: str(getattr(item, part)) for name, item in items.items()}
    return {name: area for name, area in named.items() if area and (items[name].is_scored or area not in scored)}
