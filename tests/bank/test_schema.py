import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from etiquette_kit.bank.schema import scenario_schema, schema_text
from etiquette_kit.content.shipped import shipped
from good_scenario import GOOD, changed

FILES = sorted(shipped("scenarios").rglob("*.toml"))


def _validate(document: object) -> None:
    jsonschema.Draft202012Validator(scenario_schema()).validate(document)


def test_the_schema_file_is_current():
    assert (shipped("scenarios") / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_files_fit_the_schema_and_name_it(path: Path):
    text = path.read_text(encoding="utf-8")
    _validate(tomllib.loads(text))
    assert text.startswith("#:schema ./schema.json\n")


def test_a_good_file_fits_the_schema():
    _validate(tomllib.loads(GOOD))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('gender = "female"', 'gender = "femal"'),
        ('platform = "facebook"', 'platform = "myspace"'),
        ('platform = "facebook"', 'plattform = "facebook"'),
        ('action = "accept_open"', 'action = "accept"'),
        ('relation = "client"', 'relation = "pupil"'),
        ("wanted = false", 'wanted = "no"'),
        ("wanted = false", "wanted = false, gossip = true"),
        ('id = "first-request"', 'id = "First Request"'),
        ('id = "first-request"', 'id = "first-request"\ntheme = "sample"'),
        ('title.de = "Probe"', "title.de = 1"),
        ('name = "Ada Beispiel", ', ""),
    ],
)
def test_a_bad_file_does_not_fit_the_schema(old: str, new: str):
    with pytest.raises(jsonschema.ValidationError):
        _validate(tomllib.loads(changed(old, new)))
