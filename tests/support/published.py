"""What a room publishes about how its people voted, read off the pages by itself: nothing of the product's own choice of votes is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from etiquette_kit.formats.choice import Choice
from etiquette_kit.live.results import results
from etiquette_kit.live.room import Room
from etiquette_kit.live.voters import MIN_VOTES_SHOWN
from etiquette_kit.locale import catalog
from etiquette_kit.locale.numbers import percent
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.room_pages import as_round, phone_page, screen_page
from etiquette_kit.present.sheets import PHONES, handout, vote_sheet
from room_examples import AT

Counts = tuple[int, ...]


def bars(room: Room) -> list[Counts | None]:
    """Return how many the bars of both votes have at each option, from the words beside them."""
    shown = screen_page(room, "en", AT)["revealed"]
    assert shown == phone_page(room, "en", AT)["revealed"]
    found: list[Counts | None] = []
    for which in (0, 1):
        texts = [votes[which] for votes in shown["votes"].values()]
        if texts[0][2] is None:
            assert all(text[2] is None and not any(sign.isdigit() for sign in text[3]) for text in texts)
            found.append(None)
            continue
        counts = tuple(1 if "one vote" in text else int(text.split(" · ")[1].split()[0]) for _, _, _, text in texts)
        assert [share for _, _, share, _ in texts] == [count / sum(counts) for count in counts]
        found.append(counts)
    return found


def ends(room: Room, order: tuple[str, ...]) -> list[Counts] | None:
    """Return how many are at each option at the left and at the right of the flow."""
    shown = screen_page(room, "en", AT)["revealed"]["flow"]
    if shown is None:
        return None
    sides: list[Counter[str]] = [Counter(), Counter()]
    for before, after, count in shown["moves"]:
        sides[0][before] += count
        sides[1][after] += count
    return [tuple(side[option] for option in order) for side in sides]


def counted_elsewhere(room: Room, exercise: Choice) -> Iterator[tuple[int, Counts]]:
    """Return which vote and its counts, as the stored results and the reports of a room that has ended have them."""
    for least in (5, 6, 7, 12):
        (outcome,) = results(room, least)
        entry = as_round(room.ballots[0], least)
        assert "Votes:" in handout([entry], "en", voting=PHONES) or (entry.first is None and entry.second is None)
        for which, (votes, hands) in enumerate(((outcome.first, entry.first), (outcome.second, entry.second))):
            assert (votes is None) == (hands is None)
            if votes is not None and hands is not None:
                assert votes == hands.counts
                yield which, tuple(votes[option] for option in exercise.order)


def printed(room: Room) -> list[Counts | None]:
    """Return the counts of both votes on the sheet with the votes, with their sums."""
    sheet = vote_sheet([as_round(room.ballots[0], MIN_VOTES_SHOWN)], "en")
    figures = re.findall(r'<td class="figure">(.*?)</td>', sheet)
    *cells, first_sum, second_sum = figures
    found: list[Counts | None] = []
    for which, total in enumerate((first_sum, second_sum)):
        texts = cells[which::2]
        if total == "":
            assert set(texts) == {"not shown"}
            found.append(None)
            continue
        counts = tuple(1 if "one vote" in text else int(text.split(" · ")[1].split()[0]) for text in texts)
        assert int(total) == sum(counts)
        assert [text.split(" · ")[0] for text in texts] == [percent(count / sum(counts), catalog("en")) for count in counts]
        found.append(counts)
    return found


def end_shares(room: Room) -> list[str]:
    """Return the shares at the end of the workshop."""
    (row,) = screen_page(room, "en", AT)["end"]["rows"]
    return list(row[1:3])


def moved_at_end(room: Room) -> tuple[int, int | None] | None:
    """Return how many changed their mind, and of how many people, as the end of the workshop has it on each page."""
    told = {page(room, "en", AT)["end"]["moved"] for page in (screen_page, phone_page, control_page)}
    (text,) = told
    if text is None:
        return None
    found = re.search(r": (\d+) of (\d+) people\.$", text)
    if found is None:
        assert not any(sign.isdigit() for sign in text)
        return 0, None
    return int(found[1]), int(found[2])


def spoken_best(counts: Counts | None, exercise: Choice) -> str:
    """Return the share at what fits best, as the end has it."""
    if counts is None:
        return "–"
    best: Any = exercise.grade(exercise.order[0]).best
    at_best = sum(count for option, count in zip(exercise.order, counts, strict=True) if option in best)
    return percent(at_best / sum(counts), catalog("en"))
