"""What readers said in a trial, as a report in plain words: as text, as a page, as JSON, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

from etiquette_kit.analysis.reports.trial_text import Section, trial_sections
from etiquette_kit.analysis.trial.answer_files import TrialRead, counted_answers, read_trial
from etiquette_kit.analysis.trial.mending import mendings
from etiquette_kit.analysis.trial.results import SituationResult, TrialResult, trial_results
from etiquette_kit.bank import Bank
from etiquette_kit.content.trial import TrialAnswers
from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.locale.templates import template


@dataclass(frozen=True)
class TrialReport:
    """A report on a trial.

    Attributes
    ----------
    results : list of TrialResult
        The figures, by the language of the texts.
    read : TrialRead
        Which answers count, and what is left out.
    lang : str
        The language of the report.
    """

    results: list[TrialResult]
    read: TrialRead
    lang: str = DEFAULT_LANGUAGE

    @classmethod
    def of_files(cls, paths: Iterable[str | Path], bank: Bank, lang: str = DEFAULT_LANGUAGE) -> TrialReport:
        """Return the report on answer files, and folders with them.

        Raises
        ------
        PathError
            When there is no such file or folder.
        """
        read = read_trial(paths, bank)
        return cls(trial_results(read.readers, bank), read, lang)

    @classmethod
    def of_answers(cls, answers: Sequence[TrialAnswers], bank: Bank, lang: str = DEFAULT_LANGUAGE) -> TrialReport:
        """Return the report on answers that were read already, or made up."""
        read = counted_answers([(f"{number}", each) for number, each in enumerate(answers, start=1)], bank)
        return cls(trial_results(read.readers, bank), read, lang)

    def sections(self) -> list[Section]:
        """Return its parts in words."""
        return trial_sections(self.results, self.read, catalog(self.lang))

    def __str__(self) -> str:
        lines: list[str] = []
        for section in self.sections():
            lines += ["", section.title, *([] if section.level > 2 else ["-" * len(section.title)]), *section.lines]  # noqa: PLR2004
            lines += [f"  - {item}" for item in section.items]
        return "\n".join(lines).strip("\n")

    def __repr__(self) -> str:
        return str(self)

    def page(self) -> str:
        """Return it as an HTML page, complete in itself."""
        words = catalog(self.lang)
        return template(__package__, "trial.html.j2").render(
            lang=self.lang, title=words("trial_report.page_title"), sections=self.sections()
        )

    def as_json(self) -> dict[str, Any]:
        """Return its figures; a figure that there is not is None."""
        words = catalog(self.lang)
        return {
            "results": [_as_json(result) for result in self.results],
            "left_out": [{"kind": entry.kind, "text": entry.text(words)} for entry in self.read.left_out],
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Return a widget with the page in a frame, which isolates its styles, and the text."""
        from html import escape

        from ipywidgets import HTML

        title = escape(catalog(self.lang)("trial_report.page_title"))
        style = "box-sizing: border-box; width: 100%; height: 40rem; border: 1px solid #8b949e"
        frame = f'<iframe title="{title}" srcdoc="{escape(self.page())}" style="{style}" sandbox=""></iframe>'
        bundle: dict[str, Any] = HTML(frame)._repr_mimebundle_()
        return {**bundle, "text/plain": str(self)}


def _as_json(result: TrialResult) -> dict[str, Any]:
    return {
        "language": result.lang,
        "readers": result.readers,
        "same": _figure(result.agreement.same),
        "within_one": _figure(result.agreement.near),
        "ratings": result.agreement.count,
        "kappa": {name: _figure(getattr(result.kappa, name)) for name in ("kappa", "low", "high")},
        "icc_2k": {name: _figure(getattr(result.icc, name)) for name in ("icc", "low", "high", "targets", "raters")},
        "krippendorff_alpha_interval": _figure(result.alpha),
        "s_cvi_ave": {name: _figure(value) for name, value in result.validity.items()},
        "situations": [_situation_as_json(found, result.lang) for found in result.situations],
    }


def _situation_as_json(found: SituationResult, lang: str) -> dict[str, Any]:
    return {
        "id": found.scenario.id,
        "title": found.scenario.title(lang),
        "read": found.read,
        "skipped": found.skipped,
        "understood": {name: {"right": u.right, "total": u.total, "wrong": dict(u.wrong)} for name, u in found.understood.items()},
        "options": {option.id: {"key": option.key, "counts": dict(option.counts)} for option in found.options},
        "i_cvi": {name: {"agree": s.agree, "total": s.total, "index": _figure(s.index)} for name, s in found.scales.items()},
        "guesses": None if (g := found.guesses) is None else {"right": g.right, "total": g.total, "by_chance": g.by_chance, "p": g.p},
        "mend": [{"kind": each.kind, "option": each.option.id if each.option else None} for each in mendings(found)],
        "remarks": list(found.remarks),
    }


def _figure(value: float) -> float | None:
    return None if isnan(value) else value
