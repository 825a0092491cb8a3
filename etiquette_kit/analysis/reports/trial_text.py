"""The report on a trial in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

from etiquette_kit.analysis.statistics.content_validity import ALL_MUST_AGREE, GOOD_AVERAGE, MIN_READERS
from etiquette_kit.analysis.statistics.weighted_kappa import MIN_CLUSTERS
from etiquette_kit.analysis.trial.answer_files import TrialRead
from etiquette_kit.analysis.trial.mending import Mending, mendings
from etiquette_kit.analysis.trial.results import RatedOption, RatedScale, SituationResult, TrialResult, agreement_of
from etiquette_kit.content.trial import READING_QUESTIONS, SCALES, answer_words
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.legible import escaped
from etiquette_kit.locale.numbers import decimal, percent

_FEW_READERS = 6
"""Below this, a report says that its figures are hints."""

_ALPHA_RELIABLE, _ALPHA_TENTATIVE = 0.8, 0.667  # Krippendorff (2004)
_SEVERAL_READERS = 4


@dataclass(frozen=True)
class Section:
    """A part of a report: a title at a level of 1 to 4, lines, and a list."""

    level: int
    title: str
    lines: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


def trial_sections(results: Sequence[TrialResult], read: TrialRead, words: Catalog) -> list[Section]:
    """Return the parts of a report, in its language."""
    sections = [section for result in results for section in _of_language(result, words)]
    if not results:
        sections.append(Section(1, words("trial_report.page_title"), [words("trial.nothing")]))
    if read.left_out:
        sections.append(Section(2, words("trial.left_out_title"), items=[entry.text(words) for entry in read.left_out]))
    return sections


def _of_language(result: TrialResult, words: Catalog) -> Iterator[Section]:
    name = catalog(result.lang)("language.name")
    title = plural(words, "trial_report.title", result.readers, language=name, situations=len(result.situations))
    yield Section(1, title, [words("trial_report.few")] if result.readers < _FEW_READERS else [])
    yield Section(2, words("trial_report.situations"))
    for number, found in enumerate(result.situations, start=1):
        yield from _of_situation(found, number, result.lang, words)
    yield Section(2, words("trial_report.key"), _key_lines(result, words))
    yield Section(2, words("trial_report.agreement"), _agreement_lines(result, words))
    yield Section(2, words("trial_report.validity"), _validity_lines(result, words))


def _key_lines(result: TrialResult, words: Catalog) -> list[str]:
    agreement, kappa = result.agreement, result.kappa
    if not agreement.count:
        return [words("trial_report.key_none")]
    figures = {name: decimal(getattr(kappa, name), words) for name in ("kappa", "low", "high")}
    if isnan(kappa.kappa):
        line = words("trial_report.kappa_none")
    elif isnan(kappa.low):
        line = words("trial_report.kappa_alone", readers=MIN_CLUSTERS, situations=MIN_CLUSTERS, **figures)
    else:
        line = words("trial_report.kappa", **figures)
    shares = {"same": percent(agreement.same, words), "near": percent(agreement.near, words)}
    return [words("trial_report.key_same", count=agreement.count, **shares), line]


def _agreement_lines(result: TrialResult, words: Catalog) -> list[str]:
    if result.readers < 2:  # noqa: PLR2004  one does not agree with anybody
        return [words("trial_report.one_reader")]
    few = [words("trial_words.few")] if result.readers < _SEVERAL_READERS else []
    return [_icc_line(result, words), _alpha_line(result, words), *few]


def _icc_line(result: TrialResult, words: Catalog) -> str:
    icc = result.icc
    if isnan(icc.icc):
        return words("trial_report.icc_none")
    figures = {name: decimal(getattr(icc, name), words) for name in ("icc", "low", "high")}
    counts = {"targets": icc.targets, "readers": icc.raters}
    if icc.reliability is None:
        return words("trial_report.icc_alone", **figures, **counts)
    low, high = (words(f"trial_words.{word}") for word in icc.reliability)
    word = low if low == high else words("trial_report.from_to", low=low, high=high)
    return words("trial_report.icc", word=word, **figures, **counts)


def _alpha_line(result: TrialResult, words: Catalog) -> str:
    alpha = result.alpha
    if isnan(alpha):
        return words("trial_report.alpha_none")
    if alpha >= _ALPHA_TENTATIVE:
        word = words("trial_words.alpha_reliable" if alpha >= _ALPHA_RELIABLE else "trial_words.alpha_tentative")
    else:
        word = words("trial_words.alpha_low")
    return words("trial_report.alpha", alpha=decimal(alpha, words), word=word)


def _validity_lines(result: TrialResult, words: Catalog) -> list[str]:
    judged = {name: [scale for found in result.situations if (scale := found.scales[name]).reaches is not None] for name in SCALES}
    lines = [_scale_line(name, scales, result, words) for name, scales in judged.items() if scales]
    if not lines:
        return [words("trial_report.validity_none", least=MIN_READERS)]
    lines.append(words("trial_report.validity_rule"))
    fewest = min(scale.total for scales in judged.values() for scale in scales)
    return [*lines, words("trial_report.validity_few")] if fewest <= ALL_MUST_AGREE else lines


def _scale_line(name: str, scales: Sequence[RatedScale], result: TrialResult, words: Catalog) -> str:
    return words(
        "trial_report.validity_scale",
        scale=words(f"trial_short.{name}"),
        average=decimal(result.validity[name], words),
        goal=decimal(GOOD_AVERAGE, words),
        below=sum(scale.reaches is False for scale in scales),
        total=len(scales),
    )


def _of_situation(found: SituationResult, number: int, lang: str, words: Catalog) -> Iterator[Section]:
    title = words("trial_report.situation_title", number=number, title=found.scenario.title(lang), id=found.scenario.id)
    yield Section(3, title, list(_figure_lines(found, words)), list(_to_mend(found, words)))
    if found.remarks:
        yield Section(
            4, words("trial_report.remarks"), items=[words("trial_report.remark", text=_one_line(text)) for text in found.remarks]
        )


def _figure_lines(found: SituationResult, words: Catalog) -> Iterator[str]:
    yield words("trial_report.read_by", read=found.read, skipped=found.skipped)
    if found.understood:
        parts = [
            words("trial_report.understood_part", question=words(f"trial_short.{name}"), right=answers.right, total=answers.total)
            for name, answers in found.understood.items()
        ]
        yield words("trial_report.understood", parts=" · ".join(parts))
    agreement = agreement_of(found.options)
    if agreement.count:
        yield words("trial_report.graded", same=percent(agreement.same, words), near=percent(agreement.near, words))
    if any(scale.total for scale in found.scales.values()):
        shares = {name: words("trial_report.agree_of", agree=scale.agree, total=scale.total) for name, scale in found.scales.items()}
        yield words("trial_report.rated", **shares)
    if found.guesses is not None:
        given = found.guesses
        yield words("trial_report.guessed", right=given.right, total=given.total, chance=decimal(given.by_chance, words, 1))


def _to_mend(found: SituationResult, words: Catalog) -> Iterator[str]:
    listed = [_mending_text(each, found, words) for each in mendings(found)]
    if listed or not found.read:
        yield from listed
    elif found.read < _FEW_READERS:
        yield plural(words, "trial_report.nothing_few", found.read)
    else:
        yield words("trial_report.nothing_to_mend")


def _mending_text(mending: Mending, found: SituationResult, words: Catalog) -> str:
    key, option = f"trial_mend.{mending.kind}", mending.option
    if option is not None:
        letter = "ABCDEFGH"[[each.id for each in found.options].index(option.id)]
        return words(key, option=letter, label=option.label, given=chosen_words(option, words), key=words(f"grades.{option.key}"))
    if mending.kind in READING_QUESTIONS:
        answers = found.understood[mending.kind]
        given = _counted({answer_words(mending.kind, value, words): count for value, count in answers.wrong.items()}, words)
        return words(key, wrong=answers.total - answers.right, total=answers.total, given=given)
    if mending.kind in SCALES:
        scale = found.scales[mending.kind]
        return words(key, agree=scale.agree, total=scale.total)
    assert found.guesses is not None
    return words(key, right=found.guesses.right, total=found.guesses.total)


def chosen_words(option: RatedOption, words: Catalog) -> str:
    """Return how often an option got each of the four words."""
    return _counted({words(f"grades.{grade}"): count for grade, count in option.counts.items() if count}, words)


def _counted(values: Mapping[str, int], words: Catalog) -> str:
    return ", ".join(words("trial_mend.given_one", count=count, value=value) for value, count in values.items())


def _one_line(text: str) -> str:
    """Return a remark in one line, in which nothing can steer a terminal."""
    return escaped(" ".join(text.split()))
