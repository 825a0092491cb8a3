"""Whose answers they are: pseudonyms and keys, of which the store has only hashes."""

import re
from threading import Barrier, Thread

import pytest
from etiquette_kit.quiz.store_errors import ConflictError
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.people import People, clean_code
from etiquette_kit.store.sql.store import Store
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from store_examples import KEY, count_of


def everything(store: Store) -> str:
    with store.reading() as connection:
        return repr([connection.execute(select(table)).all() for table in tables.metadata.sorted_tables])


def test_a_token_makes_one_participant_and_finds_it_again(store: Store):
    people = People(store)
    assert people.participant(KEY) is None
    person = people.admit(KEY)
    assert people.admit(KEY) == people.participant(KEY) == person
    assert people.admit("another token").pseudonym != person.pseudonym
    assert count_of(store, tables.participants) == 2


def test_the_store_has_no_token_and_no_code(store: Store):
    people = People(store)
    code = people.new_code(people.admit(KEY).id)
    kept = everything(store)
    assert KEY not in kept
    assert code not in kept


def test_a_code_lets_another_browser_in(store: Store):
    people = People(store)
    person = people.admit(KEY)
    code = people.new_code(person.id)
    assert people.take_code(code, "other token") == person
    assert people.participant("other token") == people.participant(KEY) == person


@pytest.mark.parametrize("typed", ["{code}", "{lower}", "{first}-{second}", " {first} {second}\n", "{lower}.", "{code}\0"])
def test_a_code_may_be_typed_in_many_ways(store: Store, typed: str):
    people = People(store)
    person = people.admit(KEY)
    code = people.new_code(person.id)
    assert re.fullmatch("[2-9A-HJ-NP-Z]{10}", code)
    written = typed.format(code=code, lower=code.lower(), first=code[:5], second=code[5:])
    assert people.take_code(written, "other token") == person


def test_a_new_code_replaces_the_one_before(store: Store):
    people = People(store)
    person = people.admit(KEY)
    first, second = people.new_code(person.id), people.new_code(person.id)
    assert people.take_code(first, "other token") is None
    assert people.take_code(second, "other token") == person


def test_a_token_is_no_code_and_an_unknown_code_changes_nothing(store: Store):
    people = People(store)
    person, other = people.admit("ABCDEFGHJK"), people.admit("other token")
    for typed in ("ABCDEFGHJK", "", "----", "X" * 100_000, "☕", "\ud800", "A\0"):
        assert people.take_code(typed, "other token") is None
    assert people.participant("other token") == other != person


def test_a_browser_that_takes_a_code_leaves_what_it_had_behind(store: Store):
    people = People(store)
    person, own = people.admit(KEY), people.admit("other token")
    assert people.take_code(people.new_code(person.id), "other token") == person
    assert people.participant("other token") == person
    assert count_of(store, tables.participants) == 2
    assert own != person


def test_someone_who_was_erased_gets_no_code_and_can_agree_to_nothing(store: Store):
    people = People(store)
    person = people.admit(KEY)
    code = people.new_code(person.id)
    privacy.erase(store, person.id)
    assert people.take_code(code, "other token") is None
    with pytest.raises(ConflictError):
        people.new_code(person.id)
    with pytest.raises(ConflictError):
        people.consent(person.id, "cohort", "words")


def test_the_number_of_someone_who_was_erased_is_given_to_nobody_else(store: Store):
    people = People(store)
    gone = people.admit(KEY)
    privacy.erase(store, gone.id)
    assert people.admit("other token").id != gone.id


def test_consent_is_noted_once_with_the_words_agreed_to(store: Store):
    people = People(store)
    person = people.admit(KEY)
    assert not people.consented(person.id, "cohort")
    people.consent(person.id, "cohort", "first words")
    people.consent(person.id, "cohort", "later words")
    assert people.consented(person.id, "cohort")
    assert not people.consented(person.id, "another cohort")
    with store.reading() as connection:
        assert connection.execute(select(tables.consents.c.text)).scalars().all() == ["first words"]


@pytest.mark.parametrize("deed", ["admit", "take_code", "consent", "new_code"])
def test_twenty_at_the_same_moment(address: str, deed: str):
    store = Store(address)
    people = People(store)
    first = people.admit("first token")
    code = people.new_code(first.id)
    barrier, failures, found = Barrier(20), [], set()

    def run(own: People) -> None:
        barrier.wait()
        try:
            match deed:
                case "admit":
                    found.add(own.admit(KEY))
                case "take_code":
                    found.add(own.take_code(code, KEY))
                case "consent":
                    found.add(own.consent(first.id, "cohort", "words"))
                case "new_code":
                    own.new_code(first.id)
                    found.add(None)
        except Exception as error:  # noqa: BLE001  whatever it is, the test names it
            failures.append(error)

    stores = [Store(address) for _ in range(20)]
    threads = [Thread(target=run, args=(People(own),)) for own in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(found) == 1
    with store.reading() as connection:
        assert len(connection.execute(select(tables.keys).where(tables.keys.c.kind == "code")).all()) == 1
    assert count_of(store, tables.participants) == (2 if deed == "admit" else 1)
    for own in (store, *stores):
        own.close()


@given(st.text(max_size=50))
def test_a_code_is_cleaned_to_its_alphabet(typed: str):
    assert re.fullmatch("[2-9A-HJ-NP-Z]*", clean_code(typed))
    assert clean_code(clean_code(typed)) == clean_code(typed)
