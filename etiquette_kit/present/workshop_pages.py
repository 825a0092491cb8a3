"""The pages of a workshop, as values with their texts: the plan, a round in each of its phases, and the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.content.house_rules import House
from etiquette_kit.formats.choice import ChoiceQuestion, OptionFeedback
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import change, percent
from etiquette_kit.present.house_notes import HouseNote, note_on
from etiquette_kit.present.quiz_pages import Progress
from etiquette_kit.present.sheets import LETTERS, closing, plan_title, questions
from etiquette_kit.present.take_home import TakeHome, TakeHomeNote, take_home_note
from etiquette_kit.present.writing_help import WritingHelp, writing_help
from etiquette_kit.rules.passages import CitedPassage, attributed
from etiquette_kit.workshop import PLANS, Hands, Plan, Round, RoundPhase, Run, WhichVote
from etiquette_kit.workshop.round import COUNTED_IN


class _Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    pass


class PlanChoice(msgspec.Struct, frozen=True):
    """A plan that can be chosen."""

    minutes: int
    text: str


class PlanStep(msgspec.Struct, frozen=True):
    """A step of the plan: its start, in minutes from the beginning, and its length."""

    start: int
    name: str
    minutes: int


class PlanPage(_Page, frozen=True, kw_only=True, tag="plan"):
    """The page with the plan and the sheets to print."""

    title: str
    lead: str
    plans: tuple[PlanChoice, ...]
    chosen: int | None
    caption: str
    steps: tuple[PlanStep, ...]
    source: str


class Discussion(msgspec.Struct, frozen=True):
    """The questions for the discussion."""

    title: str
    lead: str
    questions: Sequence[str]


class VoteShare(msgspec.Struct, frozen=True):
    """An option in a show of hands: its share 0..1, None where nothing was counted, and share and hands as text."""

    which: WhichVote
    name: str
    share: float | None
    text: str


class RoundAnswer(msgspec.Struct, frozen=True):
    """The answer to a situation, and both shows of hands by option."""

    id: str
    options: dict[str, OptionFeedback]
    passages: dict[str, CitedPassage]
    title: str
    summary: str
    best: Sequence[str]
    votes: dict[str, tuple[VoteShare, ...]]


class RoundPage(_Page, frozen=True, kw_only=True, tag="round"):
    """A situation in one of its phases; it does not contain the answer before the phase in which it is shown.

    ``hands`` has the counts that can be edited now, by show of hands; after the answer, only while they are open for
    correction. ``house`` has the employer's house rules, shown with the answer.
    """

    phase: RoundPhase
    position: int
    last: bool
    progress: Progress
    question: ChoiceQuestion
    letters: str
    hands: Mapping[WhichVote, Mapping[str, int]] | None = None
    discuss: Discussion | None = None
    revealed: RoundAnswer | None = None
    house: HouseNote | None = None


class Task(msgspec.Struct, frozen=True):
    """A task for the group at the end; with what helps, where something does."""

    title: str
    texts: Sequence[str]
    help: WritingHelp | None = None


class SituationRow(msgspec.Struct, frozen=True):
    """The share of hands for what fits best in a situation, as text: before and after the discussion, and the change."""

    title: str
    first: str
    second: str
    change: str


class SummaryPage(_Page, frozen=True, kw_only=True, tag="summary"):
    """The end."""

    position: int
    phase: None
    title: str
    lead: str
    tasks: tuple[Task, ...]
    caption: str
    figures: str
    rows: tuple[SituationRow, ...]
    source: str
    take_home: TakeHomeNote | None = None


class RoomStanding(msgspec.Struct, frozen=True):
    """The state of the page: whether anything was counted, whether counts are open for correction, and the errors by field."""

    counted: bool
    open: bool
    wrong: dict[str, dict[str, str]]
    asked: bool


def start_page(plan: Plan, chosen: int | None, lang: str) -> PlanPage:
    """Describe the page with the plan, and with the alternatives where one was chosen."""
    words = catalog(lang)
    plans = (
        PlanChoice(minutes, plural(words, "workshop.plan_choice", entry.situations, minutes=minutes)) for minutes, entry in PLANS.items()
    )
    return PlanPage(
        title=words("workshop.title"),
        lead=words("workshop.lead"),
        plans=tuple(plans) if chosen else (),
        chosen=chosen,
        caption=plan_title(plan, words),
        steps=tuple(PlanStep(step.start, words(f"workshop_steps.{step.name}"), step.minutes) for step in plan.steps),
        source=attributed(words, "end.source"),
    )


def round_page(run: Run, lang: str, house: House | None = None, *, open_numbers: bool = False) -> RoundPage:
    """Describe the situation on the screen."""
    words = catalog(lang)
    entry = run.round
    assert entry is not None
    total, number = len(run.rounds), run.position + 1
    which = COUNTED_IN.get(entry.phase)
    noted: dict[WhichVote, Hands | None] = {"first": entry.first, "second": entry.second}
    hands = {name: dict(counts.counts) if counts else {} for name, counts in noted.items() if which in (name, None)}
    talk = entry.phase == "discuss"
    return RoundPage(
        phase=entry.phase,
        position=run.position,
        last=number == total,
        progress=Progress(number, total, words("workshop.progress", number=number, total=total)),
        question=entry.exercise.question(lang),
        letters=LETTERS,
        hands=hands if which or open_numbers else None,
        discuss=Discussion(words("workshop.discuss"), words("workshop.discuss_lead"), questions(entry, lang)) if talk else None,
        revealed=_revealed(entry, lang) if entry.phase == "reveal" else None,
        house=note_on(house, entry.exercise.material, lang) if entry.phase == "reveal" else None,
    )


def _revealed(entry: Round, lang: str) -> RoundAnswer:
    words = catalog(lang)
    counts = [hands for hands in (entry.first, entry.second) if hands]
    shares = [_share(entry, hands, words) for hands in counts]
    many = len(entry.best)
    match shares:
        case [first, second]:
            summary = plural(words, "workshop.best_both", many, first=first, second=second)
        case [share]:
            summary = plural(words, "workshop.best_first", many, share=share)
        case _:
            summary = words("workshop.none_counted")
    revealed = entry.exercise.key_page(lang)
    return RoundAnswer(
        id=revealed.id,
        options=revealed.options,
        passages=revealed.passages,
        title=words("workshop.reveal"),
        summary=summary,
        best=entry.best,
        votes={name: _votes(entry, name, words) if counts else () for name in entry.exercise.order},
    )


def _share(entry: Round, hands: Hands | None, words: Catalog) -> str:
    share = entry.share_at_best(hands)
    return words("workshop.not_counted") if share is None else percent(share, words)


def _votes(entry: Round, option: str, words: Catalog) -> tuple[VoteShare, ...]:
    shows: dict[WhichVote, Hands | None] = {"first": entry.first, "second": entry.second}
    votes = []
    for which, hands in shows.items():
        name = words(f"workshop_card.{which}")
        if hands is None:
            votes.append(VoteShare(which, name, None, words("workshop.not_counted")))
        else:
            share = hands.share(option)
            text = plural(words, "workshop.hands", hands.counts[option], share=percent(share, words))
            votes.append(VoteShare(which, name, share, text))
    return tuple(votes)


def summary_page(run: Run, lang: str, take_home: TakeHome | None = None) -> SummaryPage:
    """Describe the end: tasks for the group, the share of hands for what fits best, and where to go on practising."""
    words = catalog(lang)
    any_counted = any(entry.first or entry.second for entry in run.played)
    return SummaryPage(
        position=run.position,
        phase=None,
        title=words("workshop.end_title"),
        lead=words("workshop.end_lead"),
        tasks=(
            Task(words("workshop.write_title"), [words("workshop.write")], writing_help(words)),
            Task(words("workshop.closing_title"), closing(words)),
        ),
        caption=words("workshop.end_caption"),
        figures=words("workshop.end_figures" if any_counted else "workshop.end_none"),
        rows=tuple(_row(entry, lang) for entry in run.played) if any_counted else (),
        source=attributed(words, "end.source"),
        take_home=take_home_note(take_home, lang),
    )


def _row(entry: Round, lang: str) -> SituationRow:
    words = catalog(lang)
    first, second = entry.share_at_best(entry.first), entry.share_at_best(entry.second)
    shares = [_share(entry, hands, words) for hands in (entry.first, entry.second)]
    return SituationRow(entry.exercise.scenario.title(lang), shares[0], shares[1], change(first, second, words))
