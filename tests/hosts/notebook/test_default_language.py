"""What is asked for no language has that of `ETIQUETTE_LANG`, which `etiquette lab --lang` sets."""

from collections.abc import Callable

import pytest
from etiquette_kit import Advisor, LiveRoom, Quiz, SituationChooser, Workshop
from etiquette_kit.hosts.notebook.card import CardWidget
from etiquette_kit.locale import DEFAULT_LANGUAGE, LanguageError

CARDS = pytest.mark.parametrize("card", [Advisor, LiveRoom, Quiz, SituationChooser, Workshop])


@CARDS
def test_a_card_follows_the_environment_unless_it_is_told_otherwise(card: Callable[..., CardWidget], monkeypatch: pytest.MonkeyPatch):
    assert card().lang == DEFAULT_LANGUAGE
    monkeypatch.setenv("ETIQUETTE_LANG", "en")
    assert card().lang == "en"
    assert card(lang="de").lang == "de"


@CARDS
def test_a_language_that_there_is_not_is_named(card: Callable[..., CardWidget], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ETIQUETTE_LANG", "tlh")
    with pytest.raises(LanguageError, match="there is no language 'tlh'"):
        card()
