"""What a stem has to tell, and what its message must not sound like."""

import msgspec
import pytest
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness import stem
from etiquette_kit.lint.fairness.cue_words import cue_words
from etiquette_kit.rules import Facts
from fairness_examples import kinds_of, with_stems


@pytest.mark.parametrize("name", ["Ada", "ADA", "Beispiel", "Ada’s", "Ada's", "(Beispiel)"])
def test_any_part_of_the_name_names_the_person(name: str):
    assert kinds_of(stem.no_person, with_stems(en=f"You know {name} well.")) == []


@pytest.mark.parametrize("name", ["Adam", "Beispielhaft", "she"])
def test_another_name_does_not(name: str):
    assert kinds_of(stem.no_person, with_stems(en=f"You know {name} well.")) == ["no_person"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Anna-Lena Kurz", "Anna-Lena"), ("Sean O’Brien", "Mr O’Brien"), ("Sean O’Brien", "O’Brien’s"), ("Jean-Luc Roy", "Jean-Luc’s")],
)
def test_a_compound_name_is_a_name(name: str, said: str):
    entry = with_stems(en=f"You know {said} well.")
    assert kinds_of(stem.no_person, msgspec.structs.replace(entry, person=msgspec.structs.replace(entry.person, name=name))) == []


def test_von_der_is_not_yet_a_name():
    entry = with_stems(de="Sie hören von der Kundin.")
    named = msgspec.structs.replace(entry, person=msgspec.structs.replace(entry.person, name="Eva von der Heide"))
    assert kinds_of(stem.no_person, named) == ["no_person"]


def test_a_platform_is_named_by_a_word_of_its_own():
    relaxing = msgspec.structs.replace(with_stems(en="You had a relaxing evening."), platform="xing")
    assert kinds_of(stem.no_platform, relaxing) == ["no_platform"]


@pytest.mark.parametrize("word", ["you", "your", "yours", "yourself", "you’d", "you’ll", "you’re", "you've"])
def test_any_word_to_the_learner_says_a_wish(word: str):
    assert kinds_of(stem.no_wish, with_stems(en=f"“She writes.”\n\n{word.capitalize()} know.")) == []
    assert kinds_of(stem.no_wish, with_stems(en=f"“She writes to {word}.”")) == ["no_wish"]


def test_her_and_they_in_german_do_not_speak_to_the_learner():
    assert kinds_of(stem.no_wish, with_stems(de="Ada fragt an. Gestern hat sie ihre Druckerei gezeigt, und alles gehört ihr.")) == [
        "no_wish"
    ]


def _message(said: str, lang: str = "en", *, personal: bool) -> Scenario:
    facts = Facts(event="message", relation="client", personal=personal)
    return msgspec.structs.replace(with_stems(**{lang: f"Ada writes.\n\n“{said}”"}), facts=facts)


@pytest.mark.parametrize(
    ("lang", "said"),
    [(lang, f"So, {sign.upper()}!") for lang in ("de", "en") for sign in cue_words(lang, "lint.bulk_mail")]
    + [("en", f"Good day {holder}") for holder in ("{name}", "{{ name }}", "<Name>", "[first_name]", "[Kundenname]", "{Vorname}")],
)
def test_a_personal_message_may_not_read_like_a_mailing(lang: str, said: str):
    assert kinds_of(stem.mail_merge, _message(said, lang, personal=True)) == ["mail_merge"]
    assert kinds_of(stem.mail_merge, _message(said, lang, personal=False)) == []


@pytest.mark.parametrize(
    "said", ["Dear Mrs Weber, hello", "Hello Mr. Weber", "Liebe Frau Weber", "Sehr geehrter Herr Dr. Weber", "Guten Tag Herr W"]
)
def test_bulk_mail_may_not_address_anybody_by_name(said: str):
    assert kinds_of(stem.mail_merge, _message(said, personal=False)) == ["mail_merge"]
    assert kinds_of(stem.mail_merge, _message(said, personal=True)) == []


def test_only_messages_are_looked_at_for_mail_merge():
    text = "Ada writes.\n\n“Dear Mrs Weber, unsubscribe here.”"
    assert kinds_of(stem.mail_merge, with_stems(en=text)) == []


@pytest.mark.parametrize("said", ["Haben Sie an alles gedacht?", "Ich denke an allen Tagen daran."])
def test_an_alle_is_not_found_within_other_words(said: str):
    assert kinds_of(stem.mail_merge, _message(said, "de", personal=True)) == []
