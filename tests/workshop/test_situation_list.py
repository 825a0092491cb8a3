"""A list of situations as a file: what is written is read again, and what is wrong is said with its line."""

import tomllib
from pathlib import Path

import pytest
from chosen_situations import BANK, BOSS_AND_COLLEAGUE, CLIENTS
from etiquette_kit.locale import catalog, languages
from etiquette_kit.workshop import PLANS, SituationList, SituationListError, list_of_name, list_of_text, load_list
from etiquette_kit.workshop.list_file import is_file_name
from etiquette_kit.workshop.situation_list import LIST_LIMITS
from hypothesis import given
from hypothesis import strategies as st

IDS = list(BANK.scenarios)
_TITLES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=LIST_LIMITS["title"])
LISTS = st.builds(
    SituationList,
    title=_TITLES,
    scenarios=st.lists(st.sampled_from(IDS), min_size=1, max_size=8, unique=True).map(tuple),
    minutes=st.none() | st.sampled_from(list(PLANS)),
    language=st.none() | st.sampled_from(languages()),
)
GOOD = f"""title = "Freitag"
minutes = 90
language = "de"
scenarios = [
  "{CLIENTS[0]}",
  "{CLIENTS[1]}",
]
"""


def errors(text: str) -> list[tuple[int, str]]:
    with pytest.raises(SituationListError) as raised:
        list_of_text(text, "friday.toml", BANK)
    return [(finding.line, finding.kind) for finding in raised.value.findings]


@given(LISTS, st.dictionaries(st.sampled_from(IDS), st.text(max_size=20)))
def test_what_is_written_is_read_again_whatever_the_titles_are(found: SituationList, titles: dict[str, str]):
    assert list_of_text(found.toml(titles), "any.toml", BANK) == found


def test_the_file_tells_a_reader_what_the_situations_are_called():
    titles = {name: BANK[name].title("de") for name in CLIENTS}
    lines = SituationList("Freitag", CLIENTS).toml(titles).splitlines()
    assert lines == ['title = "Freitag"', "scenarios = [", *(f'  "{name}",  # {titles[name]}' for name in CLIENTS), "]"]


def test_a_file_is_read_from_the_disk(tmp_path: Path):
    path = tmp_path / "friday.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_list(path, BANK) == SituationList("Freitag", CLIENTS, 90, "de") == list_of_name(str(path), BANK)
    with pytest.raises(FileNotFoundError):
        load_list(tmp_path / "saturday.toml", BANK)
    with pytest.raises(FileNotFoundError):
        list_of_name("saturday.toml", BANK)


@pytest.mark.parametrize(
    ("old", "new", "line", "kind"),
    [
        (CLIENTS[1], f"{CLIENTS[1]}x", 6, "list_unknown"),
        (CLIENTS[1], CLIENTS[0], 6, "list_doubled"),
        ("scenarios = [", "scenario = [", 4, "unknown_key"),
        ("minutes = 90", "minutes = 45", 2, "unknown_value"),
        ("minutes = 90", "minutes = true", 2, "unknown_value"),
        ("minutes = 90", 'minutes = "60"', 2, "unknown_value"),
        ('language = "de"', 'language = "deutsch"', 3, "unknown_language"),
        ('title = "Freitag"', "title = 5", 1, "wrong_type"),
        ('title = "Freitag"', f'title = "{"x" * 81}"', 1, "long_text"),
        ('title = "Freitag"', 'title = "a\\u202eb"', 1, "control_character"),
        ('title = "Freitag"', "title = „Freitag“", 1, "curly_quotes"),
        (f'  "{CLIENTS[0]}",', "  5,", 5, "wrong_type"),
        (",\n]", ",\n", 6, "broken_toml"),
    ],
)
def test_what_is_wrong_is_found_with_its_line(old: str, new: str, line: int, kind: str):
    assert GOOD.count(old) == 1
    assert (line, kind) in errors(GOOD.replace(old, new))


@pytest.mark.parametrize("text", ["", 'title = "Freitag"\n', "scenarios = []\n"])
def test_a_list_without_situations_is_an_error(text: str):
    assert errors(text) == [(1, "list_empty")]


def test_too_many_situations_are_one_error():
    names = ", ".join(f'"s{number}"' for number in range(LIST_LIMITS["scenarios"] + 1))
    assert errors(f"scenarios = [{names}]") == [(1, "list_long")]


@pytest.mark.parametrize("lang", languages())
def test_an_unknown_situation_is_named_with_the_one_that_was_meant(lang: str, tmp_path: Path):
    path = tmp_path / "friday.toml"
    path.write_text(GOOD.replace(CLIENTS[1], CLIENTS[1][:-1]), encoding="utf-8")
    with pytest.raises(SituationListError) as raised:
        load_list(path, BANK, lang=lang)
    (line,) = raised.value.lines(lang)
    assert line.startswith(f"{path}:6: ")
    near = catalog(lang)("findings.nearest", nearest=CLIENTS[1])
    assert line.endswith(near)
    assert raised.value._render_traceback_() == [catalog(lang)("situation_list.wrong"), line]


def test_ids_separated_by_commas_are_a_list_and_have_no_file_in_their_errors():
    assert list_of_name(f" {CLIENTS[0]} ,{CLIENTS[1]},", BANK) == SituationList(scenarios=CLIENTS)
    with pytest.raises(SituationListError) as raised:
        list_of_name("pink-slippers", BANK)
    assert raised.value.lines("en")[0].startswith("There is no situation “pink-slippers” here.")


@pytest.mark.parametrize(
    ("name", "is_file"), [("friday.toml", True), ("FRIDAY.TOML", True), ("choices/friday", True), ("a,b", False), ("boss-and-baby", False)]
)
def test_a_file_is_told_from_ids(name: str, *, is_file: bool):
    assert is_file_name(name) == is_file


@pytest.mark.parametrize(("count", "minutes"), [(1, 60), (4, 60), (5, 90), (6, 90), (9, 90)])
def test_the_plan_follows_from_the_number_unless_it_is_given(count: int, minutes: int):
    assert SituationList(scenarios=tuple(IDS[:count])).plan_minutes == minutes
    assert SituationList(scenarios=tuple(IDS[:count]), minutes=60).plan_minutes == 60


@pytest.mark.parametrize(
    ("title", "name"),
    [("Freitag", "freitag.toml"), ("Große Runde, 12. Mai", "große-runde-12-mai.toml"), ("", "auswahl.toml"), ("…", "auswahl.toml")],
)
def test_the_file_is_named_after_the_title(title: str, name: str):
    assert SituationList(title).file_name("auswahl") == name


@given(_TITLES)
def test_a_file_name_leads_to_no_other_folder(title: str):
    name = SituationList(title).file_name("auswahl")
    assert Path(name).name == name
    assert not name.startswith(".")
    assert tomllib.loads(SituationList(title, tuple(BOSS_AND_COLLEAGUE)).toml())["title"] == title
