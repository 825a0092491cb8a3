"""Somebody who fills in the page of a trial in a browser."""

from __future__ import annotations

from pathlib import Path

from etiquette_kit.bank import Bank
from etiquette_kit.content.trial import UNSURE, right_answer
from etiquette_kit.locale import catalog
from etiquette_kit.present.trial_form import TrialForm
from playwright.sync_api import Locator, Page, expect
from trial_examples import BANK


def words(key: str, lang: str = "en", **values: object) -> str:
    return catalog(lang)(f"trial_page.{key}", **values)


def press(page: Page, key: str, lang: str = "en") -> None:
    page.get_by_role("button", name=words(key, lang), exact=True).first.click()


def status(page: Page, text: str) -> Locator:
    return page.get_by_role("status").filter(has_text=text)


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name)


def fill_in(page: Page, number: int, form: TrialForm, *, clear: int = 4, remark: str = "", bank: Bank = BANK) -> None:
    """Answer everything about the situation that is shown: rightly, and as the key does."""
    scenario, lang = bank[form.situations[number].id], form.lang
    expect(page.get_by_role("heading", level=1)).to_have_text(words("progress", lang, number=number + 1, total=len(form.situations)))
    for question in form.questions:
        value = right_answer(scenario, question.id) or UNSURE
        group(page, question.text).get_by_label(dict(question.values)[value], exact=True).check()
    for option, grade in scenario.key().items():
        group(page, scenario.option(option).text(lang).label).get_by_label(catalog(lang)(f"grades.{grade}"), exact=True).check()
    for scale, rating in zip(form.scales, (clear, 4), strict=True):
        group(page, scale.text).get_by_label(dict(scale.values)[rating], exact=True).check()
    page.get_by_label(words("remark", lang)).fill(remark)
    expect(status(page, words("complete", lang))).to_be_visible()


def save(page: Page, folder: Path, lang: str = "en") -> Path:
    with page.expect_download() as download:
        press(page, "save", lang)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    expect(status(page, words("saved", lang, name=path.name))).to_be_visible()
    return path
