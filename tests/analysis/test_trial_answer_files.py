import os
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from etiquette_kit.analysis import TrialReport
from etiquette_kit.analysis.trial.answer_files import LeftOut, TrialRead, _decoded, _of_text, counted_answers, read_trial
from etiquette_kit.content.path_error import PathError
from etiquette_kit.content.trial import TrialAnswers
from etiquette_kit.content.trial_block import text_block
from etiquette_kit.locale import catalog, languages
from etiquette_kit.locale.legible import escaped_json
from etiquette_kit.present.trial_form import trial_form
from etiquette_kit.web.trial_page import trial_page
from hypothesis import given
from hypothesis import strategies as st
from trial_examples import BANK, IDS, SCENARIOS, answer, answers, encoded, skipped, written


def kinds(read: TrialRead) -> list[str]:
    return sorted(entry.kind for entry in read.left_out)


def test_both_forms_are_read_from_files_and_folders(tmp_path: Path):
    folder = tmp_path / "answers" / "monday"
    folder.mkdir(parents=True)
    written(folder / "one.json", answers(1))
    (folder / "two.txt").write_text(f"Hello!\n> {text_block(encoded(answers(2)))}".replace("\n", "\n> "), encoding="utf-8")
    (folder / "notes.md").write_text("not read", encoding="utf-8")
    named = written(tmp_path / "three.anything", answers(3))
    read = read_trial([tmp_path / "answers", named], BANK)
    assert len(read.readers) == 3
    assert read.left_out == ()
    assert set(read.readers[0].answers) == set(IDS)


def test_a_text_with_several_blocks_counts_each(tmp_path: Path):
    path = tmp_path / "mails.txt"
    path.write_text("\n".join(text_block(encoded(answers(number))) for number in (1, 2, 3)), encoding="utf-8")
    assert len(read_trial([path], BANK).readers) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_an_editor_saves_in_its_own_encoding_is_read(tmp_path: Path, encoding: str):
    path = tmp_path / "mail.txt"
    path.write_bytes(f"Grüße\r\n{text_block(encoded(answers()))}".encode(encoding))
    assert len(read_trial([path], BANK).readers) == 1


@pytest.mark.parametrize("attached", [True, False])
def test_a_stored_mail_is_read_with_its_attachment_or_its_text(tmp_path: Path, attached: bool):  # noqa: FBT001
    mail = EmailMessage()
    mail.set_content("Grüße, hier die Antworten\n" + ("" if attached else text_block(encoded(answers()))))
    if attached:
        mail.add_attachment(encoded(answers()), maintype="application", subtype="json", filename="etiquette-trial-1.json")
    path = tmp_path / "mail.eml"
    path.write_bytes(bytes(mail))
    read = read_trial([path], BANK)
    assert (len(read.readers), read.left_out) == (1, ())


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(PathError):
        read_trial([tmp_path / "nothing"], BANK)


def test_a_file_that_is_named_twice_counts_once(tmp_path: Path):
    path = written(tmp_path / "one.json", answers())
    read = read_trial([path, tmp_path, path], BANK)
    assert (len(read.readers), read.left_out) == (1, ())


def newer() -> bytes:
    return encoded(answers()).replace(b'"version":1', b'"version":2')


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "not_answers"),
        (b"\xff\x00\x01", "not_answers"),
        (b'{"a": 1}', "not_answers"),
        (b"[" * 100_000, "not_answers"),
        (b'{"format": "other", "version": 1}', "not_answers"),
        (encoded(answers())[:-20], "broken"),
        (encoded(answers()).replace(b'"clear":4', b'"clear":5'), "broken"),
        (encoded(answers()).replace(b'"saved":1', b'"saved":1,"name":"Jo"'), "broken"),
        (text_block(encoded(answers())).replace("M", "N").encode(), "broken"),
        (newer(), "newer"),
        (text_block(newer()).encode(), "newer"),
        (encoded(answers()).replace(b'"lang":"en"', b'"lang":"fr"'), "language"),
        (trial_page(trial_form(SCENARIOS, "en")).encode(), "page"),
        (b" " * 5_000_001, "too_large"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_does_not_count_is_named_and_the_rest_counts(tmp_path: Path, content: bytes, kind: str):
    (tmp_path / "bad.json").write_bytes(content)
    written(tmp_path / "good.json", answers(7))
    read = read_trial([tmp_path], BANK)
    assert kinds(read) == [kind]
    assert len(read.readers) == 1
    for lang in languages():
        assert str(tmp_path / "bad.json") in read.left_out[0].text(catalog(lang))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.json")
    assert kinds(read_trial([tmp_path], BANK)) == ["not_answers"]


def test_the_same_answers_once_more_count_once():
    read = counted_answers([("one", answers()), ("two", answers())], BANK)
    assert len(read.readers) == 1
    assert [(entry.kind, entry.file) for entry in read.left_out] == [("doubled", "two")]


def test_of_one_reader_the_latest_answers_count():
    first = answers(given=[answer(SCENARIOS[0], clear=1)])
    last = answers(given=[answer(SCENARIOS[0], clear=3)], saved=2)
    for order in ([("a", first), ("b", last)], [("b", last), ("a", first)]):
        read = counted_answers(order, BANK)
        assert [reader.answers[IDS[0]].clear for reader in read.readers] == [3]
        assert [(entry.kind, entry.file) for entry in read.left_out] == [("earlier", "a")]


def test_answers_to_another_version_of_a_text_are_left_out_and_the_others_count():
    old = answer(SCENARIOS[1], text="0" * 16)
    gone = msgspec.structs.replace(answer(SCENARIOS[2]), scenario="no-longer-there")
    read = counted_answers([("file", answers(given=[answer(SCENARIOS[0]), old, gone]))], BANK)
    assert list(read.readers[0].answers) == [IDS[0]]
    assert [(entry.kind, entry.scenarios) for entry in read.left_out] == [("other_text", (IDS[1],)), ("unknown", ("no-longer-there",))]
    assert IDS[1] in read.left_out[0].text(catalog("de"))


def test_answers_that_do_not_fit_or_come_twice_are_left_out():
    odd = answer(SCENARIOS[1], grades={"z": 1})
    read = counted_answers([("file", answers(given=[answer(SCENARIOS[0]), answer(SCENARIOS[0], clear=1), odd]))], BANK)
    assert read.readers[0].answers == {IDS[0]: answer(SCENARIOS[0])}
    assert [(entry.kind, entry.scenarios) for entry in read.left_out] == [("misfit", (IDS[0], IDS[1]))]


def test_nobody_counts_of_whom_nothing_is_left():
    read = counted_answers([("file", answers(given=[answer(SCENARIOS[0], text="0" * 16)]))], BANK)
    assert read.readers == ()


def test_readers_come_in_an_order_that_tells_nothing_of_the_files():
    given = [(f"file {number}", answers(number, given=[answer(SCENARIOS[0], remark=f"remark {9 - number}")])) for number in range(1, 9)]
    remarks = [reader.answers[IDS[0]].remark for reader in counted_answers(given, BANK).readers]
    assert remarks == sorted(remarks)
    assert remarks == [reader.answers[IDS[0]].remark for reader in counted_answers(given[::-1], BANK).readers]


def test_a_name_that_could_steer_a_terminal_is_written_out():
    hostile = msgspec.structs.replace(answer(SCENARIOS[0]), scenario="\x1b[2J")
    (entry,) = counted_answers([("\x1b]0;x\x07", answers(given=[hostile, skipped(SCENARIOS[1])]))], BANK).left_out
    assert "\x1b" not in entry.text(catalog("en"))


@given(st.data())
def test_whatever_a_file_holds_is_read_or_named(data: st.DataObject):
    content = data.draw(st.sampled_from([encoded(answers()), text_block(encoded(answers())).encode()]))
    place = data.draw(st.integers(0, len(content) - 1))
    length = data.draw(st.integers(0, 5))
    other = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from([b'"', b"{", b"null", b"-1", b"1e999", b'"\\ud800"', b"[["])))
    found = list(_of_text(_decoded(content[:place] + other + content[place + length :]), "file"))
    read = counted_answers([("file", each) for each in found if isinstance(each, TrialAnswers)], BANK)
    for entry in (*read.left_out, *(each for each in found if isinstance(each, LeftOut))):
        assert entry.text(catalog("en"))
    assert len(found) == 1


def test_half_a_character_in_a_remark_or_a_name_does_no_harm(tmp_path: Path):
    whole = encoded(answers(given=[answer(SCENARIOS[0], remark="@")])).replace(b'"@"', b'"half \\ud83d here"')
    (tmp_path / "one.json").write_bytes(whole)
    (tmp_path / "two.json").write_bytes(encoded(answers(2)).replace(IDS[1].encode(), b"\\ud83d"))
    report = TrialReport.of_files([tmp_path], BANK, "en")
    for text in (str(report), report.page(), escaped_json(report.as_json())):
        text.encode()
