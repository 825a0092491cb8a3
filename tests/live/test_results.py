"""What came of a room is told of groups that are large enough, and of nobody else."""

from __future__ import annotations

import csv
import json
import random
from datetime import UTC, datetime
from fractions import Fraction
from html import escape
from pathlib import Path

import pytest
from disclosure_audit import Row, exposed
from etiquette_kit import load_bank
from etiquette_kit.cli import app
from etiquette_kit.formats.choice import build
from etiquette_kit.live.events import Opened, RoomEvent, encode
from etiquette_kit.live.results import results
from etiquette_kit.live.room import Room
from etiquette_kit.live.situations import planned
from etiquette_kit.locale import catalog
from etiquette_kit.privacy.disclosure import ThresholdError
from etiquette_kit.store.sql.rooms import Rooms
from etiquette_kit.store.sql.store import Store
from typer.testing import CliRunner

# Of four reactions, one of which fits best.
PLAYED, LEFT_OUT = [entry for entry in load_bank() if sorted(entry.key().values()) in ([1, 2, 3, 4], [2, 2, 3, 4])][:2]
AT = datetime(2026, 11, 3, 9, tzinfo=UTC)


def played(first: list[int], second: list[int]) -> tuple[Room, list[RoomEvent]]:
    """Play a situation of four reactions, voted on so often each, and leave another one out."""
    exercises = [build(scenario, random.Random(1)) for scenario in (PLAYED, LEFT_OUT)]  # noqa: S311  no secret
    events: list[RoomEvent] = [Opened(AT, "de", 60, tuple(planned(exercise) for exercise in exercises))]
    room = Room.replay(events)

    def do(event: RoomEvent | None) -> None:
        assert event is not None
        room.apply(event)
        events.append(event)

    for number in range(max(sum(first), sum(second))):
        do(room.join(f"{number}", AT, limit=99))
    do(room.next(AT))
    for which, counts in (("first", first), ("second", second)):
        if which == "second":
            do(room.go("discuss", AT))
            do(room.go("revote", AT))
        options = [option for option, count in zip(room.ballots[0].exercise.order, counts, strict=True) for _ in range(count)]
        for seat, option in enumerate(options):
            do(room.vote(seat, 0, "first" if which == "first" else "second", option, f"{which} {seat}", AT))
    do(room.go("reveal", AT))
    do(room.next(AT))
    do(room.next(AT))
    return room, events


@pytest.mark.parametrize("seed", range(8))
def test_no_combination_of_what_is_told_is_about_too_few(seed: int):
    rng = random.Random(seed)  # noqa: S311  no secret
    room, _ = played(*([rng.randint(0, 4) for _ in range(4)] for _ in range(2)))
    rows: list[Row] = []
    for ballot, outcome in zip(room.revealed, results(room), strict=True):
        both = ballot.votes("first").keys() & ballot.votes("second").keys()
        for which, counts in (("first", outcome.first), ("second", outcome.second)):
            cast = ballot.votes(which)
            votes = {seat: cast[seat] for seat in both} if len(both) >= 5 else cast  # who voted once is then in neither vote
            assert counts is None or counts == {option: list(votes.values()).count(option) for option in ballot.exercise.order}
            rows += [{(seat, which, option): Fraction(1) for seat in votes} for option in counts or ()]
    assert exposed(rows, range(len(room.ballots[0].votes("first") | room.ballots[0].votes("second"))), 7) is None


def grades(room: Room) -> list[int]:
    exercise = room.ballots[0].exercise
    return [exercise.grade(option).grade for option in exercise.order]


def test_both_votes_and_the_gain_are_told():
    room, _ = played([2, 2, 2, 2], [1, 1, 5, 1])
    (outcome,) = results(room)
    worth = [(grade - 1) / 3 for grade in grades(room)]
    before, after = sum(worth) / 4, (worth[0] + worth[1] + 5 * worth[2] + worth[3]) / 8
    assert (outcome.scenario, outcome.content) == (PLAYED.id, PLAYED.content)
    assert (outcome.first_voters, outcome.second_voters) == (8, 8)
    assert outcome.before == pytest.approx(before)
    assert outcome.after == pytest.approx(after)
    assert outcome.gain == pytest.approx((after - before) / (1 - before))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ([2, 2, 1, 1], [2, 2, 2, 1], (None, None)),  # six voted both times: a seventh could be worked out from the projector's bars
        ([2, 2, 2, 1], [2, 2, 1, 1], (None, None)),
        ([2, 2, 2, 1], [2, 2, 2, 2], (7, 7)),
        ([2, 2, 2, 2], [2, 2, 0, 0], (8, None)),
        ([2, 2, 0, 0], [2, 2, 2, 2], (None, 8)),
        ([2, 2, 1, 1], [2, 2, 0, 0], (None, None)),
    ],
)
def test_of_fewer_than_seven_nothing_is_told(first: list[int], second: list[int], told: tuple[int | None, int | None]):
    (outcome,) = results(played(first, second)[0])
    assert (outcome.first_voters, outcome.second_voters) == told
    assert [counts is None for counts in (outcome.first, outcome.second)] == [voters is None for voters in told]
    assert [credit is None for credit in (outcome.before, outcome.after)] == [voters is None for voters in told]
    assert (outcome.gain is None) == (None in told)


def test_where_everything_fitted_nothing_could_be_gained():
    room, _ = played([0, 0, 0, 0], [0, 0, 0, 0])
    best = [9 if grade == 4 else 0 for grade in grades(room)]
    (outcome,) = results(played(best, best)[0])
    assert (outcome.before, outcome.after, outcome.gain) == (1.0, 1.0, None)


def test_the_least_is_never_below_five():
    room, _ = played([2, 2, 1, 0], [2, 2, 1, 0])
    assert results(room, 5)[0].first_voters == 5
    with pytest.raises(ThresholdError):
        results(room, 4)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "answers.sqlite3"
    kept_in = Store(path)
    _, events = played([2, 2, 2, 2], [0, 2, 2, 0])
    Rooms(kept_in).begin("ABCDEFGHJ", 8349, AT, [encode(event) for event in events])
    kept_in.close()
    return path


def report(store: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["report", "--store", str(store), "--lang", "en", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_tells_it_in_words(store: Path):
    told = report(store, "--room", "abc def ghj")
    assert "Live workshop ABCDEFGHJ of 2026-11-03" in told
    assert f"{PLAYED.text('en').title}\n  at first: 8 votes" in told
    assert "after talking: too few votes to tell" in told
    assert "gained" not in told


def test_the_command_writes_tables_and_pages(store: Path):
    (row,) = csv.DictReader(report(store, "--room", "ABCDEFGHJ", "--format", "csv").splitlines())
    assert (row["scenario"], row["first_voters"], row["second_voters"], row["gain"]) == (PLAYED.id, "8", "", "")
    told = json.loads(report(store, "--room", "ABCDEFGHJ", "--format", "json"))
    assert (told["least"], told["situations"][0]["second"]) == (7, None)
    page = report(store, "--room", "ABCDEFGHJ", "--format", "html")
    assert page.startswith("<!DOCTYPE html>")
    assert escape(PLAYED.text("en").title) in page
    assert catalog("en")("room.not_shown") in page
    assert "not counted" not in page


def test_a_code_that_is_not_there_and_a_least_that_is_too_low_are_refused(store: Path):
    done = CliRunner().invoke(app, ["report", "--store", str(store), "--lang", "en", "--room", "NONE"])
    assert (done.exit_code, "no room with the code" in done.output) == (2, True)
    done = CliRunner().invoke(app, ["report", "--store", str(store), "--lang", "en", "--room", "ABCDEFGHJ", "--least", "3"])
    assert done.exit_code == 2
