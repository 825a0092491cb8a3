import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import msgspec
import pytest
from etiquette_kit.content.trial import PAGE_MARK
from etiquette_kit.present.trial_form import TrialForm, trial_form
from etiquette_kit.web.card_module import joined_module
from etiquette_kit.web.trial_page import trial_page
from trial_examples import BANK, SCENARIOS

HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> &lt;img src=x onerror=alert(1)> \u2028 ${x} {{ y }}"


class Parts(HTMLParser):
    """The elements of a page, and the text in its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag == "style" else f"{tag} {dict(attrs).get('type')}" if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside] = self.texts.get(self._inside, "") + data


def hostile_form() -> TrialForm:
    form = trial_form(SCENARIOS[:1], "en")
    (situation,) = form.situations
    options = tuple(msgspec.structs.replace(option, label=HOSTILE) for option in situation.options)
    stem = tuple(msgspec.structs.replace(part, text=HOSTILE) for part in situation.stem)
    return msgspec.structs.replace(form, situations=(msgspec.structs.replace(situation, options=options, stem=stem),))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_page_is_one_file_that_asks_the_network_for_nothing(lang: str):
    page = trial_page(trial_form(list(BANK), lang))
    parts = Parts(page)
    assert [attributes for tag, attributes in parts.tags if tag in ("img", "iframe", "object", "embed", "form")] == []
    assert [attributes for _, attributes in parts.tags if "src" in attributes] == []
    assert [attributes["href"] for _, attributes in parts.tags if "href" in attributes] == ["data:,"]
    script = parts.texts["script module"]
    assert not re.search(r"\bimport\b|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|https?://", script)
    assert not re.search(r"@import|url\(", parts.texts["style"])
    assert PAGE_MARK in page[:2000]


def test_its_policy_allows_its_own_script_and_style_alone():
    parts = Parts(trial_page(trial_form(SCENARIOS, "en")))
    policy = next(attributes["content"] for tag, attributes in parts.tags if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    for name, text in (("script", parts.texts["script module"]), ("style", parts.texts["style"])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("lang", ["de", "en"])
def test_neither_the_key_nor_any_feedback_is_anywhere_in_the_file(lang: str):
    page = trial_page(trial_form(list(BANK), lang))
    for scenario in BANK:
        for option in scenario.options:
            assert option.text(lang).feedback not in page
            assert scenario.advice.reason(option.action, lang) not in page
            assert option.action not in page
        assert scenario.content not in page, "a hash of texts and key, from which the key could be tried out"


def test_hostile_text_ends_no_element_and_comes_out_as_it_was():
    form = hostile_form()
    parts = Parts(trial_page(form))
    assert [tag for tag, _ in parts.tags].count("script") == 2
    told = json.loads(parts.texts["script application/json"])
    assert told["situations"][0]["options"][0]["label"] == HOSTILE
    assert told == json.loads(msgspec.json.encode(form))


def test_the_script_needs_no_newer_browser_than_one_of_2019():
    script = joined_module("trial/trial.js")
    assert not re.search(r"\?\.|\?\?|\|\|=|&&=|replaceChildren|\.at\(|replaceAll|structuredClone", script)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script)


def test_all_shipped_situations_make_a_file_that_can_be_sent():
    assert len(trial_page(trial_form(list(BANK), "de")).encode()) < 200_000
