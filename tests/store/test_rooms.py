"""Rooms are kept with their events in order, each place once, and go when they are old."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from etiquette_kit.quiz.store_errors import ConflictError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.rooms import RoomHead, Rooms
from etiquette_kit.store.sql.store import Store
from session_examples import AT
from store_examples import count_of, in_processes

HOUR = timedelta(hours=1)
FIRST = [b'{"event":"opened"}', b'{"event":"keyed"}']


def begun(store: Store, code: str = "ABCDEFGHK", at: object = AT) -> RoomHead:
    return Rooms(store).begin(code, 8349, at, FIRST)  # type: ignore[arg-type]


def test_what_is_begun_and_appended_is_read_back_in_order(store: Store):
    rooms, head, other = Rooms(store), begun(store), begun(store, "ANOTHER")
    assert (head.code, head.port, head.at) == ("ABCDEFGHK", 8349, AT)
    assert head.id != other.id
    more = [f'{{"n":{number},"text":"ä – 🙂 \\u0000"}}'.encode() for number in range(2000)]
    rooms.append(head.id, 2, more[:1])
    rooms.append(head.id, 3, more[1:])
    rooms.append(other.id, 2, [b"{}"])
    assert rooms.events(head.id) == [*FIRST, *more]
    assert rooms.events(other.id) == [*FIRST, b"{}"]
    assert rooms.events(9999) == []


def test_a_code_is_given_once(store: Store):
    begun(store)
    with pytest.raises(ConflictError):
        begun(store)
    assert (count_of(store, tables.rooms), count_of(store, tables.room_events)) == (1, 2)


@pytest.mark.parametrize("seq", [-1, 0, 1, 2, 4, 99])
def test_a_place_that_is_taken_or_leaves_a_gap_is_refused(store: Store, seq: int):
    rooms, head = Rooms(store), begun(store)
    rooms.append(head.id, 2, [b'"there"'])
    with pytest.raises(ConflictError):
        rooms.append(head.id, seq, [b'"new"', b'"newer"'])
    assert rooms.events(head.id) == [*FIRST, b'"there"']


def test_what_was_written_though_it_was_told_as_failed_is_not_written_again(store: Store):
    rooms, head = Rooms(store), begun(store)
    rooms.append(head.id, 2, [b"1", b"2"])
    rooms.append(head.id, 2, [b"1", b"2"])
    rooms.append(head.id, 2, [b"1", b"2", b"3"])
    rooms.append(head.id, 5, [b"4"])
    assert rooms.events(head.id) == [*FIRST, b"1", b"2", b"3", b"4"]
    for events in ([b"3"], [b"3", b"5"], [b"3", b"4", b"5"][:1]):
        with pytest.raises(ConflictError):
            rooms.append(head.id, 4, events)
    assert len(rooms.events(head.id)) == 6


def test_to_a_room_that_was_removed_nothing_is_appended(store: Store):
    rooms, head = Rooms(store), begun(store)
    rooms.purge(AT + HOUR)
    with pytest.raises(ConflictError):
        rooms.append(head.id, 2, [b"{}"])
    assert rooms.events(head.id) == []


def test_of_two_processes_at_one_place_one_comes_through(address: str):
    store = Store(address)
    head = begun(store)
    store.close()

    def append(turn: int) -> None:
        own = Store(address)
        rooms = Rooms(own)
        place = 2
        for number in range(10):
            with suppress(ConflictError):
                rooms.append(head.id, place, [f'"{turn} {number} a"'.encode(), f'"{turn} {number} b"'.encode()])
            place = len(rooms.events(head.id))
        own.close()

    in_processes(2, append)
    found = Rooms(store).events(head.id)[2:]
    assert len(found) % 2 == 0
    assert len(set(found)) == len(found)
    pairs = list(pairwise(found))[::2]
    assert all(one[:-2] == other[:-2] and (one[-2:], other[-2:]) == (b'a"', b'b"') for one, other in pairs)
    store.close()


def test_the_latest_room_that_goes_on_is_found(store: Store):
    rooms = Rooms(store)
    assert rooms.open(AT) is None
    assert rooms.find("FIRST") is None
    first, second = begun(store, "FIRST"), begun(store, "SECOND", AT + HOUR)
    assert rooms.open(AT) == second
    assert rooms.find("FIRST") == first
    assert rooms.open(AT + HOUR) == second
    assert rooms.open(AT + 2 * HOUR) is None
    rooms.end(second.id, AT + 2 * HOUR, b"[1]")
    assert rooms.result(second.id) == b"[1]"
    assert rooms.open(AT) == first
    rooms.reopen(second.id)
    assert rooms.result(second.id) is None
    assert rooms.open(AT) == second
    rooms.set_port(second.id, 1234)
    found = rooms.open(AT)
    assert found is not None
    assert (found.id, found.port) == (second.id, 1234)
    assert rooms.events(second.id) == FIRST


def test_old_rooms_go_with_all_their_events(store: Store):
    rooms = Rooms(store)
    old, new = begun(store, "OLD"), begun(store, "NEW", AT + HOUR)
    rooms.append(old.id, 2, [b"{}"] * 3)
    assert (rooms.count(AT), rooms.count(AT + HOUR), rooms.count(AT + 2 * HOUR)) == (0, 1, 2)
    assert rooms.purge(AT) == 0
    assert rooms.purge(AT + HOUR) == 1
    assert rooms.events(old.id) == []
    assert rooms.events(new.id) == FIRST
    assert count_of(store, tables.room_events) == 2
    assert rooms.purge(AT + 2 * HOUR) == 1
    assert count_of(store, tables.room_events) == count_of(store, tables.rooms) == 0
