import textwrap

import pytest
from etiquette_kit.content.trial_block import BlockError, blocks_of, is_block, text_block
from hypothesis import given
from hypothesis import strategies as st

CONTENT = '{"remark": "Grüße"}'.encode() * 9
BLOCK = text_block(CONTENT)


def read(text: str) -> list[bytes]:
    found = list(blocks_of(text))
    assert not any(isinstance(each, BlockError) for each in found)
    return [each for each in found if isinstance(each, bytes)]


def test_its_lines_are_short_enough_for_any_mail_program_even_when_quoted_thrice():
    assert max(map(len, BLOCK.splitlines())) + len("> > > ") <= 72
    assert BLOCK.isascii()


@given(st.binary(max_size=300), st.integers(8, 90), st.lists(st.sampled_from(["> ", ">", "| ", "\t", "\xa0", "\u200b", " "]), max_size=4))
def test_it_survives_quoting_and_broken_lines(content: bytes, width: int, marks: list[str]):
    lines = textwrap.wrap("".join(text_block(content).split()), width)
    quoted = "\r\n".join("".join(marks) + line for line in lines)
    assert read(f"Dear Ms Falk,\n\nhere are my answers:\n{quoted}\n\nBest wishes [Jo]") == [content]


def test_quoted_printable_lines_are_joined_again():
    assert read(BLOCK.replace("\n", "=\r\n")) == [CONTENT]


def test_several_blocks_in_one_text_are_all_read():
    assert read(f"{BLOCK}\nand from Ms Falk:\n{text_block(b'other')}") == [CONTENT, b"other"]


@given(st.data())
def test_a_changed_character_is_noticed(data: st.DataObject):
    plain = "".join(BLOCK.split())
    place = data.draw(st.integers(plain.index(":") + 1, len(plain) - 1))
    other = data.draw(st.sampled_from("aZ09+/.-é").filter(lambda mark: mark != plain[place]))
    (found,) = blocks_of(plain[:place] + other + plain[place + 1 :])
    assert isinstance(found, BlockError)


@pytest.mark.parametrize("end", range(20, len(BLOCK) - 2, 13))
def test_a_block_that_is_cut_off_is_noticed(end: int):
    (found,) = blocks_of(BLOCK[:end])
    assert isinstance(found, BlockError)


def test_a_text_without_a_block_has_none():
    assert is_block(BLOCK)
    assert not is_block("Nothing yet [etiquette], see you!")
    assert list(blocks_of("Nothing yet")) == []
