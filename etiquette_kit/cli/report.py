"""`etiquette report`: what a group learned, and one's own results."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etiquette_kit.bank import Bank
from etiquette_kit.cli.data import opened_store
from etiquette_kit.cli.options import ERRORS, USAGE, BankPath, Lang, Languages, StoreAddress, chosen_bank, existing_bank, fail, words_of
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE

if TYPE_CHECKING:
    from etiquette_kit.analysis.reports.group import GroupResults
    from etiquette_kit.store.sql.store import Store


class ReportFormat(StrEnum):
    """How a report is written."""

    table = "table"
    csv = "csv"
    json = "json"
    html = "html"


def report(
    cohort: Annotated[str | None, typer.Option("--cohort")] = None,
    pseudonym: Annotated[str | None, typer.Option("--pseudonym")] = None,
    synthetic: Annotated[int | None, typer.Option("--synthetic", min=1)] = None,
    room: Annotated[str | None, typer.Option("--room")] = None,
    form: Annotated[ReportFormat, typer.Option("--format")] = ReportFormat.table,
    to: Annotated[Path | None, typer.Option("--to")] = None,
    least: Annotated[int, typer.Option("--least")] = MIN_GROUP_SIZE,
    store: StoreAddress = None,
    bank: BankPath = None,
    languages: Languages = None,
    lang: Lang = None,
) -> None:
    """Say what a group learned and which scenarios work: nothing about groups of fewer than seven people.

    Ends with 1 when there is nothing to show.
    """
    words = words_of(lang)
    if pseudonym is not None:
        with opened_store(store, words) as kept:
            text = _own(kept, pseudonym, existing_bank(bank, words, languages), words, form)
    elif room is not None:
        with opened_store(store, words) as kept:
            text = _live(kept, room, words, form, least)
    elif synthetic is not None:
        text = _made_up(synthetic, chosen_bank(bank, words, languages), words, form, least)
    else:
        with opened_store(store, words) as kept:
            name = _chosen(kept, cohort, words, least)  # before anything is read or imported that only a report needs
            text = _group(kept, name, existing_bank(bank, words, languages), words, form, least)
    _deliver(text, to, words)


def _live(store: Store, code: str, words: Catalog, form: ReportFormat, least: int) -> str:
    from etiquette_kit.content.material import shared_languages
    from etiquette_kit.hosts.server.opening import replayed
    from etiquette_kit.live.results import results
    from etiquette_kit.live.situations import EarlierReadingError
    from etiquette_kit.present import room_results as written
    from etiquette_kit.present.room_sheets import room_handout
    from etiquette_kit.privacy.disclosure import ThresholdError
    from etiquette_kit.quiz.codes import clean_code
    from etiquette_kit.quiz.store_errors import StoreError
    from etiquette_kit.store.sql.rooms import Rooms

    rooms = Rooms(store)
    head = rooms.find(clean_code(code))
    if head is None:
        fail(f"etiquette: {words('room.results.no_room', code=code, name=store.name)}", USAGE)
    try:
        room, _ = replayed(rooms, head)
    except StoreError as error:
        if isinstance(error.__cause__, EarlierReadingError):
            fail(f"etiquette: {words('room.results.earlier', code=head.code)}", ERRORS)
        raise
    try:
        outcomes = results(room, least)
    except ThresholdError:
        fail(f"etiquette: {words('report.too_low', least=least)}", USAGE)
    named = written.titles(room, words.lang)
    title = words("room.results.title", code=head.code, date=head.at.date().isoformat())
    match form:
        case ReportFormat.csv:
            return written.as_csv(outcomes, named)
        case ReportFormat.json:
            return json.dumps(
                {"title": title, "least": least, "situations": written.as_json(outcomes, named)}, ensure_ascii=False, indent=1
            )
        case ReportFormat.html:
            written_in = shared_languages(ballot.exercise.material for ballot in room.revealed)
            lang = words.lang if words.lang in written_in else room.lang
            return room_handout(room.revealed, lang, least=least)
        case ReportFormat.table:
            return "\n".join([title, words("room.results.least", least=least), "", *written.as_lines(outcomes, named, words)])


def _deliver(text: str, to: Path | None, words: Catalog) -> None:
    if to is None:
        typer.echo(text.rstrip("\n"))
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"etiquette: {words('report.no_file', path=to, reason=error.strerror)}", USAGE)
    typer.echo(words("report.written", path=to))


def _chosen(store: Store, cohort: str | None, words: Catalog, least: int) -> str | None:
    """Return the group that was asked for, or the only one there is; end where it has no answers, or too few people have answered."""
    from etiquette_kit.privacy.disclosure import ThresholdError, checked_group_size
    from etiquette_kit.store.sql.cohorts import groups

    present = groups(store)
    if not present:
        fail(f"etiquette: {words('report.empty', name=store.name)}", ERRORS)
    if cohort is not None:
        if cohort not in [group.name for group in present]:
            named = ", ".join(group.name for group in present if group.name) or words("report.none")
            fail(f"etiquette: {words('report.no_cohort', cohort=cohort, present=named)}", USAGE)
    elif len(present) > 1:
        named = ", ".join(group.name for group in present if group.name)
        fail(f"etiquette: {words('report.which', present=named)}", USAGE)
    group = next(group for group in present if cohort in (None, group.name))
    try:
        checked_group_size(least)
    except ThresholdError:
        fail(f"etiquette: {words('report.too_low', least=least)}", USAGE)
    if group.persons < least:
        fail(f"etiquette: {words('report.too_small', least=least)}", ERRORS)
    return group.name


def _group(store: Store, cohort: str | None, bank: Bank, words: Catalog, form: ReportFormat, least: int) -> str:
    from etiquette_kit.analysis.reports.group import SmallGroupError, group_results
    from etiquette_kit.privacy.disclosure import ThresholdError

    title = words("report.title", cohort=cohort) if cohort else words("report.title_none")
    try:
        results = group_results(store, cohort, bank, words.lang, least)
    except ThresholdError:
        fail(f"etiquette: {words('report.too_low', least=least)}", USAGE)
    except SmallGroupError as error:
        fail(f"etiquette: {words('report.too_small', least=error.least)}", ERRORS)
    return _written(results, bank, title, words, form)


def _written(results: GroupResults, bank: Bank, title: str, words: Catalog, form: ReportFormat) -> str:
    from etiquette_kit.analysis.reports.page import report_page
    from etiquette_kit.analysis.reports.tidy import as_csv, as_json

    match form:
        case ReportFormat.csv:
            return as_csv(results)
        case ReportFormat.json:
            return json.dumps({"title": title, **as_json(results)}, ensure_ascii=False, indent=1)
        case ReportFormat.html:
            return report_page(results, bank, title)
        case ReportFormat.table:
            head = [title, words("report.least", least=results.least), *results.notes(bank)]
            return "\n".join([*head, "", str(results.report), "", *_item_lines(results, words)])


def _item_lines(results: GroupResults, words: Catalog) -> list[str]:
    from etiquette_kit.locale.numbers import decimal, percent

    head = [words(f"report.columns.{column}") for column in ("n", "mean", "item_rest", "upper_lower")]
    rows = [
        [str(int(row["n"])), percent(row["mean"], words), decimal(row["item_rest"], words), decimal(row["upper_lower"], words)]
        for _, row in results.items.iterrows()
    ]
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    titles = [results.titles[str(item)] for item in results.items.index]

    def line(cells: list[str], title: str) -> str:
        return "  " + "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)) + f"  {title}"

    told = results.statistics.reasons(words.lang)
    lines = [words("report.items"), results.reliability()]
    if not rows:
        return [*lines, f"  {words('report.nothing')}"]
    lines.append(line(head, words("analysis.columns.title")))
    for item, cells, title in zip(results.items.index, rows, titles, strict=True):
        lines += [line(cells, title), *(f"      {reason}" for reason in told.get(str(item), []))]
    return lines


def _made_up(people: int, bank: Bank, words: Catalog, form: ReportFormat, least: int) -> str:
    from tempfile import TemporaryDirectory

    from etiquette_kit.analysis.synthetic import synthetic_store
    from etiquette_kit.store.sql.store import Store

    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "synthetic.sqlite3")
        name = words("report.synthetic")
        synthetic_store(store, bank, people, name)
        text = _group(store, name, bank, words, form, least)
        store.close()
    return text


def _own(store: Store, pseudonym: str, bank: Bank, words: Catalog, form: ReportFormat) -> str:
    from etiquette_kit.analysis.reports.own_results import own_results
    from etiquette_kit.store.answers_csv import as_csv
    from etiquette_kit.store.sql import personal_data as privacy

    number = privacy.participant_number(store, pseudonym)
    if number is None:
        fail(f"etiquette: {words('data.no_pseudonym', pseudonym=pseudonym, name=store.name)}", USAGE)
    told = own_results(store, number, bank, words.lang)
    if form is ReportFormat.html:
        fail(f"etiquette: {words('report.own_no_html')}", USAGE)
    if form is ReportFormat.json:
        return json.dumps({"pseudonym": pseudonym, **told}, ensure_ascii=False, indent=1)
    return as_csv(privacy.export(store, number)) if form is ReportFormat.csv else "\n".join(_own_lines(told, words))


def _own_lines(told: dict[str, Any], words: Catalog) -> list[str]:
    from etiquette_kit.locale.numbers import percent

    lines = [plural(words, "report.own_title", told["answers"], credit=percent(told["credit"], words))]
    for part in ("by_relation", "by_theme"):
        lines += ["", words(f"analysis.report.{part}")]
        lines += [f"  {percent(row['credit'], words):>6}  {row['label']} ({row['answers']})" for row in told[part]]
    lines += ["", words("report.own_items"), *(f"  {percent(item['credit'], words):>6}  {item['title']}" for item in told["items"])]
    return lines
