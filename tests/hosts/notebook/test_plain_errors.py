"""What somebody sees in a notebook who calls the kit with something that does not fit: one line in her language, with the way out."""

from pathlib import Path
from typing import Any

import pytest
from etiquette_kit import Advisor, LiveRoom, Quiz, Workshop, load_bank
from etiquette_kit.content.path_error import PathError
from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import catalog, languages
from etiquette_kit.locale.plain_error import PlainError
from IPython.core.interactiveshell import InteractiveShell

REQUEST = 'event="friend_request", relation="client", network="private"'


class Cells:
    """A notebook's cells, and the lines of the error that each shows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._shell = InteractiveShell()
        self._lines: list[str] = []
        monkeypatch.setattr(self._shell, "_showtraceback", lambda _type, _value, lines: self._lines.extend(lines))
        self.run("from etiquette_kit import *\nfrom etiquette_kit.analysis import cohort_report, StoredResults\nimport pandas")

    def run(self, cell: str) -> list[str]:
        self._lines.clear()
        self._shell.run_cell(cell)
        return list(self._lines)


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cells:
    for name in ("LC_ALL", "LC_MESSAGES", "ETIQUETTE_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("# No scenarios\n\nnot = = TOML\n", encoding="utf-8")
    (tmp_path / "my-scenarios").mkdir()
    return Cells(monkeypatch)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('Quiz(bank="my-scenaros")', "Gemeint war vielleicht „my-scenarios“."),
        ('Quiz(bank="my-scenarios")', "In „my-scenarios“ steht keine Situation"),
        ('Quiz("README.md")', "Situationen stehen in Dateien, deren Name auf .toml endet"),
        ("Quiz(bank=7)", 'zum Beispiel bank="scenarios"'),
        ('Quiz("en")', 'Die Sprache schreiben Sie mit ihrem Namen: lang="en"'),
        ('Quiz(None, "en")', "Quiz nimmt ohne Namen nur: bank."),
        ('Quiz(length="5")', "length = '5' passt nicht. Hier steht eine ganze Zahl ohne Anführungszeichen: length=5"),
        ("Quiz(length=True)", "length = True passt nicht."),
        ("Quiz(length=0)", "Mindestens eine muss es sein."),
        ('Quiz(mode="practise")', "Gemeint war vielleicht „practice“."),
        ('Quiz(formats=["chioce"])', "Gemeint war vielleicht „choice“."),
        ("Quiz(formats=[])", "Eine Übung braucht mindestens ein Format."),
        ('Quiz(lnag="en")', "Quiz kennt „lnag“ nicht."),
        ('Quiz(lang="fr")', "Die Sprache 'fr' gibt es nicht. Es gibt: Deutsch (de), English (en)."),
        ("Quiz(house=7)", 'zum Beispiel house="house_rules.toml"'),
        ('Quiz(seed=1).answer("z")', "Die Antwort 'z' gibt es hier nicht. Möglich sind: "),
        (f'Facts({REQUEST}, wanted="no")', "wanted = 'no' passt nicht. Hier steht True oder False, ohne Anführungszeichen: wanted=False"),
        (f'Facts({REQUEST}, wanted="ja")', "wanted=True"),
        (f'Advisor(facts=Facts({REQUEST}, wanted="no"))', "wanted=False"),
        (f'decide(Facts({REQUEST}, wanted="no"))', "wanted=False"),
        (f"Facts({REQUEST})", "Der Fakt „wanted“ fehlt; möglich sind: True, False."),
        ('Facts("mesage", "client")', "event = 'mesage' gibt es nicht. Möglich sind: friend_request, message, audience. Gemeint war"),
        ('Facts(event="audience")', "Der Fakt „relation“ fehlt"),
        ('Facts(evnet="audience", relation="boss")', "Facts kennt „evnet“ nicht."),
        ('decide({"event": "audience"})', "Beschreiben Sie die Situation so: facts=Facts("),
        ("decide()", "decide braucht noch: facts."),
        ('decide(Facts("audience", "boss")).reason("unfreind")', "Gemeint war vielleicht „unfriend“."),
        ('Advisor(facts="client")', "Beschreiben Sie die Situation so: facts=Facts("),
        ('Workshop(scenarios="pink-slippers")', "Die Situation „pink-slippers“ gibt es hier nicht."),
        ('Workshop(scenarios=["pink-slippers"])', "`etiquette scenarios`"),
        ("Workshop(scenarios=7)", "scenarios = 7 passt nicht."),
        ("Workshop(scenarios=[7])", "scenarios = [7] passt nicht."),
        ("Workshop(minutes=75)", "Einen Ablauf für minutes = 75 gibt es nicht. Es gibt: 60, 90."),
        ("Workshop(minutes=[60])", "minutes = [60]"),
        ('Workshop().count({"z": 1})', "Die Reaktion „z“ steht hier nicht zur Wahl. Möglich sind: "),
        ('LiveRoom(scenarios="pink-slippers")', "Die Situation „pink-slippers“"),
        ('SituationChooser(bank="my-scenarios")', "In „my-scenarios“ steht keine Situation"),
        ('SituationChooser(scenarios="pink-slippers")', "Die Situation „pink-slippers“ gibt es hier nicht."),
        ('LiveRoom(port="abc")', "port = 'abc' passt nicht."),
        ("LiveRoom(port=70000)", "Erlaubt sind ganze Zahlen: 0–65535."),
        ('LiveRoom(bank="my-scenarios")', "In „my-scenarios“ steht keine Situation"),
        ('rules_table(event="mesage")', "Gemeint war vielleicht „message“."),
        ('load_bank("nowhere")', "Es gibt keine Datei und keinen Ordner „nowhere“."),
        ("load_bank(7)", "bank = 7 passt nicht."),
        ('load_bank()["pink-slippers"]', "Die Situation „pink-slippers“"),
        ('load_house("nowhere.toml")', "Es gibt keine Datei und keinen Ordner „nowhere.toml“."),
        ("cohort_report([], load_bank())", "Gebraucht wird eine Tabelle (pandas.DataFrame)"),
        ('cohort_report(pandas.DataFrame({"credit": [1]}), load_bank())', "fehlt die Spalte „participant“"),
        ('StoredResults(bank="my-scenarios")', "In „my-scenarios“ steht keine Situation"),
    ],
)
def test_a_mistake_is_one_line_with_the_way_out(cells: Cells, cell: str, says: str):
    (line,) = cells.run(cell)
    assert says in line
    assert "\n" not in line
    assert "Error" not in line


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('Quiz(length="5", lang="en")', "Write a whole number without quotation marks: length=5"),
        ('Quiz(lnag="de", lang="en")', "Quiz has no “lnag”."),
        ('Quiz("nowhere", lang="en")', "There is no file or folder “nowhere”."),
        ('Workshop(lang="en", scenarios="pink")', "There is no situation “pink” here."),
        ('Quiz(lang="en", seed=1).answer("z")', "There is no answer 'z' here."),
        ('rules_table("en", "mesage")', "There is no event = 'mesage'."),
        ('load_house("nowhere.toml", lang="en")', "There is no file or folder “nowhere.toml”."),
    ],
)
def test_it_speaks_the_language_that_was_asked_for(cells: Cells, cell: str, says: str):
    (line,) = cells.run(cell)
    assert line.startswith(says) or says in line


def test_without_one_it_speaks_the_language_of_the_system(cells: Cells, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    (line,) = cells.run('load_bank("nowhere")')
    assert line.startswith("There is no file or folder “nowhere”. It was looked for in “")


def test_the_language_of_the_pages_that_a_command_has_started_goes_before_it(cells: Cells, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ETIQUETTE_LANG", "en")
    (line,) = cells.run('load_bank("nowhere")')
    assert line.startswith("There is no file or folder “nowhere”.")


def test_the_traceback_can_be_asked_for(cells: Cells):
    assert len(cells.run('Quiz(length="5")')) == 1
    lines = cells.run("%tb")
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1].endswith("ArgumentTypeError: length = '5' does not fit. Write a whole number without quotation marks: length=5")
    assert any('drawing.py", line' in line for line in lines)


def test_a_mistake_within_the_kit_keeps_its_traceback(cells: Cells):
    lines = cells.run("Quiz(clock=lambda first: first)")
    assert len("\n".join(lines).splitlines()) > 3
    assert "TypeError" in "\n".join(lines)


def test_the_message_for_developers_is_in_their_language():
    with pytest.raises(PathError, match="there is no file or folder 'nowhere'") as caught:
        load_bank("nowhere")
    assert isinstance(caught.value, FileNotFoundError)
    with pytest.raises(KeyError) as missing:
        load_bank()["nowhere"]
    assert str(missing.value).startswith("there is no scenario 'nowhere' in the bank")


@pytest.mark.parametrize("given", [shipped("scenarios"), str(shipped("scenarios")), load_bank()])
def test_a_path_is_taken_as_a_bank(given: Any):
    assert Quiz(given, seed=1).question == Quiz(seed=1).question
    assert Workshop(given).rounds == Workshop().rounds
    assert repr(LiveRoom(given)) == repr(LiveRoom())


def test_one_situation_needs_no_list():
    name = next(iter(load_bank())).id
    assert [round_.exercise.scenario.id for round_ in Workshop(scenarios=name).rounds] == [name]


@pytest.mark.parametrize("lang", languages())
def test_more_situations_than_there_are_is_no_mistake_and_the_start_page_says_so(lang: str):
    note = catalog(lang)("start.all_there_are", asked=500)
    assert Quiz(lang=lang, length=500).page["scope"].endswith(f" {note}")
    assert note not in Quiz(lang=lang, length=len(load_bank())).page["scope"]
    assert note not in Quiz(lang=lang).page["scope"]


def test_a_bank_says_in_a_notebook_what_it_lacks(cells: Cells, capsys: pytest.CaptureFixture[str]):
    cells.run('load_bank("README.md")')
    said = capsys.readouterr().out
    assert "Sammlung: spielbare Situationen: 0, nicht spielbar: 1. Situationen stehen in Dateien, deren Name auf .toml endet" in said
    cells.run("load_bank()")
    assert capsys.readouterr().out.strip().endswith(f"Sammlung: spielbare Situationen: {len(load_bank())}.")


def test_an_error_without_a_text_of_its_own_shows_its_message():
    assert PlainError("", "as it is").text("de") == "as it is"


def test_what_a_call_shows_about_itself_is_unchanged():
    import inspect

    assert next(iter(inspect.signature(Quiz).parameters)) == "bank"
    assert list(inspect.signature(Advisor).parameters) == ["lang", "facts"]
    assert Quiz.__init__.__name__ == "__init__"
