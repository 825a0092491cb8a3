"""The content of the page on which is decided who sees what, before and after the answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from etiquette_kit.content.scenario import paragraphs
from etiquette_kit.formats.choice.pages import Paragraph
from etiquette_kit.formats.protocol import Recap, Result
from etiquette_kit.formats.sharing.profile import Profile
from etiquette_kit.formats.sharing.separation import (
    LISTS,
    PRIVATE,
    PROFESSIONAL,
    Grid,
    credit_for,
    least_in_private,
    most_for_work,
    openness,
    restraint,
    seen_by,
    table_grades,
)
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import percent
from etiquette_kit.rules import Facts, decide
from etiquette_kit.rules.passages import CitedPassage, cited_passages, source


class PostShown(msgspec.Struct, frozen=True):
    """A post with its short name."""

    id: str
    name: str
    text: str


class ListShown(msgspec.Struct, frozen=True):
    """A list of contacts; ``work`` says whether they are professional ones."""

    id: str
    name: str
    work: bool


class SharingQuestion(msgspec.Struct, frozen=True):
    """A profile with its posts in the order shown, and the lists.

    Attributes
    ----------
    id, format, title : str
        The profile's id, the format's name and the profile's title.
    stem : tuple of Paragraph
        Whose profile it is.
    posts : tuple of PostShown
        The posts.
    lists : tuple of ListShown
        The lists, the private ones first.
    ask, hint : str
        What to do, and how.
    counting_title : str
        The title of ``counting``.
    counting : tuple of str
        How the credit follows, in sentences.
    preview, seen_by, profile : str
        The headings of the preview: its title, the question whose view it is, and the profile's name.
    counts, hidden : tuple of str
        How many posts are seen, and how many are not, in words; by the number, from none to all.
    said : str
        What is said of a list when a check box has changed what it sees; ``{list}`` and ``{count}`` are filled in.
    everyone, nobody : str
        Who sees a post that all lists see, or none.
    """

    id: str
    format: str
    title: str
    stem: tuple[Paragraph, ...]
    posts: tuple[PostShown, ...]
    lists: tuple[ListShown, ...]
    ask: str
    hint: str
    counting_title: str
    counting: tuple[str, ...]
    preview: str
    seen_by: str
    profile: str
    counts: tuple[str, ...]
    hidden: tuple[str, ...]
    said: str
    everyone: str
    nobody: str


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


def question(profile: Profile, order: Sequence[str], lang: str) -> SharingQuestion:
    """Return the profile with its posts in the order shown, and the lists."""
    words, text, total = catalog(lang), profile.text(lang), len(order)
    return SharingQuestion(
        profile.id,
        "sharing",
        text.title,
        tuple(Paragraph(part.text, part.quote) for part in paragraphs(text.stem)),
        _posts(profile, order, lang),
        tuple(ListShown(name, words(f"sharing_lists.{name}"), name in PROFESSIONAL) for name in LISTS),
        words("sharing.ask"),
        words("sharing.hint"),
        words("sharing.counting_title"),
        _counting(total, words),
        words("sharing.preview"),
        words("sharing.seen_by"),
        words("sharing.profile", platform=profile.place.name(lang)),
        tuple(_count(number, total, words) for number in range(total + 1)),
        tuple(words("sharing.hidden_none") if number == 0 else plural(words, "sharing.hidden", number) for number in range(total + 1)),
        words("sharing.said"),
        words("sharing.everyone"),
        words("sharing.nobody"),
    )


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
                post.id, post.name, words("sharing.sees", lists=_seeing(grid[post.id], words)), words(f"sharing_advice.{kinds[post.id]}")
            )
            for post in _posts(profile, order, lang)
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


def question_lines(profile: Profile, order: Sequence[str], lang: str) -> list[str]:
    """Return the question as lines of text."""
    words = catalog(lang)
    return [
        *(f"  {part.text}" for part in paragraphs(profile.text(lang).stem)),
        *(f"  ({post.id}) {post.name}: {post.text}" for post in _posts(profile, order, lang)),
        words("sharing.lists", lists=" · ".join(words(f"sharing_lists.{name}") for name in LISTS)),
    ]


def response_line(profile: Profile, order: Sequence[str], grid: Grid, result: Result, lang: str, *, revealed: bool) -> str:
    """Return who sees what and, if `revealed`, how that fits."""
    words = catalog(lang)
    told = "; ".join(f"{post.name}: {_seeing(grid[post.id], words)}" for post in _posts(profile, order, lang))
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


def fingerprint(profile: Profile, lang: str) -> str:
    """Return a short hash of the text before the answer; it changes with any post or list, but not with the key."""
    import hashlib  # loads OpenSSL, which is needed only for the text form

    words, text = catalog(lang), profile.text(lang)
    parts = [text.title, text.stem, *question_lines(profile, profile.post_ids, lang), words("sharing.ask")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def _posts(profile: Profile, order: Sequence[str], lang: str) -> tuple[PostShown, ...]:
    texts = {post.id: post.texts[lang] for post in profile.posts}
    return tuple(PostShown(name, texts[name].name, texts[name].post) for name in order)


def _counting(total: int, words: Catalog) -> tuple[str, ...]:
    most, least = most_for_work(total), least_in_private(total)
    return (
        words("sharing.counting_article"),
        words("sharing.counting_little", most=most, total=total),
        words("sharing.counting_private", least=least),
        words(
            "sharing.counting_between",
            everything=_corner(small=0, private=1, words=words),
            nothing=_corner(small=1, private=0, words=words),
        ),
        words("sharing.counting_own"),
    )


def _corner(*, small: float, private: float, words: Catalog) -> str:
    """Return the credit where all lists see everything or nobody sees anything: the mean over the professional lists, in words."""
    credits_ = [credit_for(small, private, grades) for grades in table_grades().values()]
    return percent(sum(credits_) / len(credits_), words)


def _count(number: int, total: int, words: Catalog) -> str:
    return words("sharing.count", number=number, total=total)


def _seeing(lists: Collection[str], words: Catalog) -> str:
    names = [words(f"sharing_lists.{name}") for name in LISTS if name in lists]
    if len(names) == len(LISTS):
        return words("sharing.everyone")
    return ", ".join(names) if names else words("sharing.nobody")


def _private(grid: Grid, words: Catalog) -> ListOutcome:
    total, seen = len(grid), seen_by(grid, *PRIVATE)
    reached = openness(seen, total) == 1
    verdict = words("sharing.enough") if reached else words("sharing.not_enough", least=least_in_private(total))
    return ListOutcome(words("sharing.private"), _count(seen, total, words), verdict, reached)


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
        _count(seen, total, words),
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
