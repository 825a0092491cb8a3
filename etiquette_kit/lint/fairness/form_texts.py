"""Whether the texts in a format's own table are as short and plain as those of a scenario."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from etiquette_kit.content.forms import recommended_words
from etiquette_kit.lint.fairness.length import languages_apart_in
from etiquette_kit.lint.fairness.plain_language import long_sentence_in
from etiquette_kit.lint.fairness.readability import hard_to_read_in
from etiquette_kit.lint.fairness.syllables import long_word_in
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import counted_words, quoted
from etiquette_kit.lint.form_parts import Part, Path, form_parts

ENOUGH_WORDS = 30
"""From how many words on a text is judged as a whole: by its readability, and by its length in other languages."""

ENOUGH_SENTENCES = 3
"""From how many sentences on their average counts."""


def form_text_warnings(name: str, raw: object, form: type[msgspec.Struct]) -> Iterator[FairnessWarning]:
    """Yield what is to be said of the texts by language in a table, in the order of the file.

    Parameters
    ----------
    name : str
        The id of the material.
    raw : object
        The table, as parsed.
    form : type
        The struct that it fills.
    """
    versions: dict[Path, dict[str, tuple[Path, str]]] = defaultdict(dict)
    for part in form_parts(raw, form):
        if not part.lang or part.form is not str or not isinstance(part.value, str):
            continue
        text, where = part.value, part.where
        versions[_without(where, part.lang)][part.lang] = (where, text)
        if words := recommended_words(part.metas):
            yield from _count_warning(part, words, name)
        yield from long_sentence_in(text, name, where, averaged_from=ENOUGH_SENTENCES)
        yield from long_word_in(text, part.lang, name, where)
        if counted_words(text) >= ENOUGH_WORDS:
            yield from hard_to_read_in(text, name, where)
    for written in versions.values():
        if max(counted_words(text) for _, text in written.values()) >= ENOUGH_WORDS:
            texts = {lang: text for lang, (_, text) in written.items()}
            yield from languages_apart_in(texts, name, {lang: where for lang, (where, _) in written.items()})


def _count_warning(part: Part, words: tuple[int, int], name: str) -> Iterator[FairnessWarning]:
    least, most = words
    text = str(part.value)
    count = len(text.split())
    if not least <= count <= most:
        values = {"key": part.key, "words": str(count), "least": str(least), "most": str(most), "text": quoted(text)}
        yield FairnessWarning(name, "text_words", part.where, values)


def _without(where: Path, lang: str) -> Path:
    """Return the path to a text without its language: the same for all languages."""
    place = len(where) - 1 - where[::-1].index(lang)
    return (*where[:place], "", *where[place + 1 :])
