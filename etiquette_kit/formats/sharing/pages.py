"""The content of the page on which is decided who sees what, before the answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from etiquette_kit.content.material import short_hash
from etiquette_kit.content.scenario import paragraphs
from etiquette_kit.formats.choice.pages import Paragraph
from etiquette_kit.formats.sharing.profile import Profile
from etiquette_kit.formats.sharing.separation import LISTS, PROFESSIONAL, credit_for, least_in_private, most_for_work, table_grades
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import percent


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


def question(profile: Profile, order: Sequence[str], lang: str) -> SharingQuestion:
    """Return the profile with its posts in the order shown, and the lists."""
    words, text, total = catalog(lang), profile.text(lang), len(order)
    return SharingQuestion(
        profile.id,
        "sharing",
        text.title,
        tuple(Paragraph(part.text, part.quote) for part in paragraphs(text.stem)),
        shown_posts(profile, order, lang),
        tuple(ListShown(name, words(f"sharing_lists.{name}"), name in PROFESSIONAL) for name in LISTS),
        words("sharing.ask"),
        words("sharing.hint"),
        words("sharing.counting_title"),
        _counting(total, words),
        words("sharing.preview"),
        words("sharing.seen_by"),
        words("sharing.profile", platform=profile.place.name(lang)),
        tuple(counted(number, total, words) for number in range(total + 1)),
        tuple(words("sharing.hidden_none") if number == 0 else plural(words, "sharing.hidden", number) for number in range(total + 1)),
        words("sharing.said"),
        words("sharing.everyone"),
        words("sharing.nobody"),
    )


def question_lines(profile: Profile, order: Sequence[str], lang: str) -> list[str]:
    """Return the question as lines of text."""
    words = catalog(lang)
    return [
        *(f"  {part.text}" for part in paragraphs(profile.text(lang).stem)),
        *(f"  ({post.id}) {post.name}: {post.text}" for post in shown_posts(profile, order, lang)),
        words("sharing.lists", lists=" · ".join(words(f"sharing_lists.{name}") for name in LISTS)),
    ]


def fingerprint(profile: Profile, lang: str) -> str:
    """Return a short hash of the text before the answer; it changes with any post or list, but not with the key."""
    words, text = catalog(lang), profile.text(lang)
    parts = [text.title, text.stem, *question_lines(profile, profile.post_ids, lang), words("sharing.ask")]
    return short_hash(parts)


def shown_posts(profile: Profile, order: Sequence[str], lang: str) -> tuple[PostShown, ...]:
    """Return the posts in the order shown."""
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


def counted(number: int, total: int, words: Catalog) -> str:
    """Return how many posts are seen, in words."""
    return words("sharing.count", number=number, total=total)


def seeing(lists: Collection[str], words: Catalog) -> str:
    """Return the names of the lists that see a post."""
    names = [words(f"sharing_lists.{name}") for name in LISTS if name in lists]
    if len(names) == len(LISTS):
        return words("sharing.everyone")
    return ", ".join(names) if names else words("sharing.nobody")
