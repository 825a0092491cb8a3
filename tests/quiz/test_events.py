from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from etiquette_kit.quiz.events import Answered, Event, Finished, LanguageChanged, Planned, Shown, Started, decode, encode
from hypothesis import given
from hypothesis import strategies as st

AT = datetime(2025, 3, 1, 12, 30, tzinfo=UTC)

moments = st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  the strategy adds the zone
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
plans = st.lists(st.builds(Planned, texts, texts), max_size=4).map(tuple)
credit = st.none() | st.floats(0, 1)
events = st.one_of(
    st.builds(Started, moments, st.sampled_from(["practice", "test"]), texts, plans),
    st.builds(Shown, moments, st.integers(0, 1000)),
    st.builds(
        Answered,
        moments,
        st.integers(0, 1000),
        texts,
        credit,
        texts,
        st.none() | st.floats(0, 1e6),
        st.none() | texts,
        st.dictionaries(texts, credit, max_size=3),
    ),
    st.builds(LanguageChanged, moments, texts),
    st.builds(Finished, moments),
)


@given(events)
def test_an_event_comes_back_from_json_as_it_was(event: Event):
    again = decode(encode(event))
    assert again == event
    assert type(again) is type(event)
    assert again.at.utcoffset() == event.at.utcoffset()


@pytest.mark.parametrize(
    ("event", "raw"),
    [
        (Shown(AT, 2), b'{"event":"shown","at":"2025-03-01T12:30:00Z","position":2}'),
        (
            Answered(AT, 0, "b", 1.0, "de"),
            b'{"event":"answered","at":"2025-03-01T12:30:00Z","position":0,"response":"b","credit":1.0,"lang":"de"}',
        ),
        (
            Answered(AT, 0, '{"x":1}', None, "en", 2.5, "message-1", {"one": 0.5, "two": None}),
            (
                b'{"event":"answered","at":"2025-03-01T12:30:00Z","position":0,"response":"{\\"x\\":1}","credit":null,"lang":"en",'
                b'"seconds":2.5,"submission":"message-1","items":{"one":0.5,"two":null}}'
            ),
        ),
        (LanguageChanged(AT, "en"), b'{"event":"language_changed","at":"2025-03-01T12:30:00Z","lang":"en"}'),
        (Finished(AT), b'{"event":"finished","at":"2025-03-01T12:30:00Z"}'),
        (
            Started(AT, "test", "de", (Planned("s", '["b", "a"]', content="0a1b"),)),
            (
                b'{"event":"started","at":"2025-03-01T12:30:00Z","mode":"test","lang":"de",'
                b'"plan":[{"material":"s","shown":"[\\"b\\", \\"a\\"]","format_name":"choice","content":"0a1b"}]}'
            ),
        ),
    ],
)
def test_the_form_on_disk_stays_what_it_is(event: Event, raw: bytes):
    assert encode(event) == raw
    assert decode(raw) == event


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"{}",
        b'{"event":"gossip"}',
        b'{"event":"shown","at":"now","position":1}',
        b'{"event":"shown","at":"2025-03-01T12:30:00Z"}',
        b"\xff",
    ],
)
def test_what_is_no_event_is_refused(raw: bytes):
    with pytest.raises((msgspec.ValidationError, msgspec.DecodeError)):
        decode(raw)


@given(st.binary(max_size=60))
def test_random_bytes_are_an_event_or_refused(raw: bytes):
    try:
        event: Any = decode(raw)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return
    assert decode(encode(event)) == event


def test_events_cannot_be_changed():
    event = Answered(AT, 0, "b", 1.0, "de")
    with pytest.raises(AttributeError):
        event.credit = 0.0  # type: ignore[misc]
