"""Text as a word processor hands it over becomes plain text, and what is plain stays."""

import pytest
from etiquette_kit.authoring.tidy_text import tidy
from etiquette_kit.content.scenario import paragraphs
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import read_path
from etiquette_kit.lint import control_problems
from hypothesis import example, given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("given_text", "lang", "wanted"),
    [
        ("Frau\u00a0Bei\u00adspiel\u200b sagt", "de", "Frau Beispiel sagt"),
        ("eins\r\nzwei\rdrei\u2028vier\x0bfünf", "de", "eins\nzwei\ndrei\nvier\nfünf"),
        ("Tab\tund\u202fschmal\u2003weit", "de", "Tab und schmal weit"),
        ('Er sagt: "Ja", dann "nein".', "de", "Er sagt: „Ja“, dann „nein“."),
        ("Er sagt: “Ja”, dann ”nein”.", "de", "Er sagt: „Ja“, dann „nein“."),
        ('She says: "Yes", then „no“.', "en", "She says: “Yes”, then “no”."),
        ('("so")', "en", "(“so”)"),
        ("it's, I'm, '90s", "en", "it’s, I’m, '90s"),
        ("«bleibt»", "de", "«bleibt»"),
        ("\u202everkehrt\u202c \ud800 \x00", "de", "verkehrt  "),
        ("👩\u200d💻", "de", "👩\u200d💻"),
        ('"quoi"', "fr", "“quoi”"),
    ],
)
def test_what_is_tidied(given_text: str, lang: str, wanted: str):
    assert tidy(given_text, lang, lines=True) == wanted


def test_a_line_stays_one():
    assert tidy("eins\r\nzwei", "de") == "eins zwei"


@given(text=st.text(), lang=st.sampled_from(["de", "en"]), lines=st.booleans())
@example(text='"" „"" \u00ad" "', lang="de", lines=True)
def test_what_is_tidy_stays_as_it_is_and_can_be_kept(text: str, lang: str, lines: bool):  # noqa: FBT001  drawn
    once = tidy(text, lang, lines=lines)
    assert tidy(once, lang, lines=lines) == once
    assert list(control_problems(once, "stem", ())) == []
    once.encode()


def test_nothing_shipped_is_changed_by_it():
    for file in read_path(shipped("scenarios")):
        for raw in file.document.get("scenario", ()):
            for lang, text in raw["text"].items():
                assert tidy(text["stem"], lang, lines=True) == text["stem"]
                assert tidy(text["title"], lang) == text["title"]


def test_what_is_tidied_is_known_as_what_somebody_writes():
    text = tidy('Sie schreibt:\r\n\r\n"Hallo!"\r\n\r\nUnd nun?', "de", lines=True)
    assert [part.quote for part in paragraphs(text)] == [False, True, False]
