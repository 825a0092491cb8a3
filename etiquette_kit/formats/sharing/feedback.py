"""The content of the page on which is decided who sees what, after the answer, and of a look back at it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from etiquette_kit.formats.protocol import Recap, Result
from etiquette_kit.formats.sharing.pages import counted, question, seeing, shown_posts
from etiquette_kit.formats.sharing.profile import Profile
from etiquette_kit.formats.sharing.separation import (
    LISTS,
    PRIVATE,
    PROFESSIONAL,
    Grid,
    least_in_private,
    most_for_work,
    openness,
    restraint,
    seen_by,
)
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import percent
from etiquette_kit.rules import Facts, decide
from etiquette_kit.rules.passages import CitedPassage, cited_passages, source


class ListOutcome(msgspec.Struct, frozen=True):
    """How much a list sees.

    Attributes
    ----------
    name, seen, verdict : str
        The list's name, how many posts it sees, and whether that is little, or enough.
    reached : bool
        Whether it is.
    reason, tag, source : str
        What the article says about it, its basis and its source; empty for the private lists.
    passages : list of str
        The ids of the passages that support it.
    """

    name: str
    seen: str
    verdict: str
    reached: bool
    reason: str = ""
    tag: str = ""
    source: str = ""
    passages: list[str] = []


class PostAdvice(msgspec.Struct, frozen=True):
    """The kit's own advice on a post: the post's name, who sees it, and the advice."""

    id: str
    name: str
    seen: str
    text: str


class SharingReveal(msgspec.Struct, frozen=True):
    """What each list sees after the answer.

    Attributes
    ----------
    id : str
        The profile's id.
    summary : str
        Whether private and professional contacts are kept apart, in a sentence.
    credit : float
        0..1.
    fit : str
        The credit in words.
    outcomes_title : str
        The title of ``outcomes``.
    outcomes : tuple of ListOutcome
        The professional lists, and the private ones together.
    advice_title, advice_note : str
        The title of ``advice``, and that it is not the article's.
    advice : tuple of PostAdvice
        By post, in the order shown.
    passages : dict of str to CitedPassage
        By the passage's id.
    """

    id: str
    summary: str
    credit: float
    fit: str
    outcomes_title: str
    outcomes: tuple[ListOutcome, ...]
    advice_title: str
    advice_note: str
    advice: tuple[PostAdvice, ...]
    passages: dict[str, CitedPassage]


def reveal(profile: Profile, order: Sequence[str], grid: Grid, result: Result, lang: str) -> SharingReveal:
    """Return how much each list sees, and the kit's own advice on each post."""
    words = catalog(lang)
    outcomes = (*(_professional(name, grid, lang) for name in PROFESSIONAL), _private(grid, words))
    kinds = {post.id: post.kind for post in profile.posts}
    return SharingReveal(
        profile.id,
        _summary(grid, words),
        result.credit or 0.0,
        words("sharing.fit", credit=percent(result.credit, words)),
        words("sharing.outcomes"),
        outcomes,
        words("sharing.advice_title"),
        words("sharing.advice_note"),
        tuple(
            PostAdvice(
                post.id, post.name, words("sharing.sees", lists=seeing(grid[post.id], words)), words(f"sharing_advice.{kinds[post.id]}")
            )
            for post in shown_posts(profile, order, lang)
        ),
        cited_passages((passage for outcome in outcomes for passage in outcome.passages), lang),
    )


def recap(profile: Profile, grid: Grid, result: Result, lang: str) -> Recap:
    """Return whether both kinds of contacts are kept apart, with the credit; where they are not, what would be little and enough."""
    words, total = catalog(lang), len(grid)
    yours = words("sharing.yours", summary=_summary(grid, words), credit=percent(result.credit, words))
    about = words("sharing.profile", platform=profile.place.name(lang))
    if result.credit == 1:
        return Recap(yours, about=about)
    return Recap(yours, words("sharing.best", most=most_for_work(total), least=least_in_private(total), total=total), about)


def response_line(profile: Profile, order: Sequence[str], grid: Grid, result: Result, lang: str, *, revealed: bool) -> str:
    """Return who sees what and, if `revealed`, how that fits."""
    words = catalog(lang)
    told = "; ".join(f"{post.name}: {seeing(grid[post.id], words)}" for post in shown_posts(profile, order, lang))
    given = words("sharing.given", posts=told)
    return f"{given} / {_summary(grid, words)} {words('sharing.fit', credit=percent(result.credit, words))}" if revealed else given


def words_to_read(profile: Profile, order: Sequence[str], lang: str) -> float:
    """Return how many words a learner reads: the text before the answer, and what is shown after it."""
    asked = question(profile, order, lang)
    grid = dict.fromkeys(order, LISTS)
    told = reveal(profile, order, grid, Result(profile.id, "", 0.0, {}), lang)
    before = [asked.title, *(part.text for part in asked.stem), asked.ask, asked.hint, *asked.counting]
    before += [part for post in asked.posts for part in (post.name, post.text)]
    after = [told.summary, told.fit, *(part for outcome in told.outcomes for part in (outcome.name, outcome.seen, outcome.verdict))]
    after += [told.advice_note, *(part for advice in told.advice for part in (advice.name, advice.text))]
    return float(sum(len(text.split()) for text in (*before, *after)))


def _private(grid: Grid, words: Catalog) -> ListOutcome:
    total, seen = len(grid), seen_by(grid, *PRIVATE)
    reached = openness(seen, total) == 1
    verdict = words("sharing.enough") if reached else words("sharing.not_enough", least=least_in_private(total))
    return ListOutcome(words("sharing.private"), counted(seen, total, words), verdict, reached)


def _professional(name: str, grid: Grid, lang: str) -> ListOutcome:
    words, total, seen = catalog(lang), len(grid), seen_by(grid, name)
    reached = restraint(seen, total) == 1
    if seen == total:
        verdict = words("sharing.everything", most=most_for_work(total))
    elif reached:
        verdict = words("sharing.little" if seen else "sharing.nothing")
    else:
        verdict = words("sharing.more", most=most_for_work(total))
    advice = decide(Facts.from_mapping({"event": "audience", "relation": name}))
    action = _action(grid, seen)
    return ListOutcome(
        words(f"sharing_lists.{name}"),
        counted(seen, total, words),
        verdict,
        reached,
        advice.reason(action, lang),
        advice.tag(action, lang),
        source(advice.passages[action], lang),
        advice.passages[action],
    )


def _action(grid: Grid, seen: int) -> str:
    """Return the action whose reason is told: what was done, where it is one of the table's; otherwise what fits best."""
    if seen == len(grid):
        return "show_everything"
    return "stop_posting" if seen_by(grid, *LISTS) == 0 else "split_lists"


def _summary(grid: Grid, words: Catalog) -> str:
    total = len(grid)
    small = sum(restraint(seen_by(grid, name), total) == 1 for name in PROFESSIONAL)
    is_open = openness(seen_by(grid, *PRIVATE), total) == 1
    if small == len(PROFESSIONAL):
        return words("sharing.summary_apart" if is_open else "sharing.summary_closed")
    if small == 0:
        return words("sharing.summary_none" if is_open else "sharing.summary_reversed")
    return plural(words, "sharing.summary", small, total=len(PROFESSIONAL))
