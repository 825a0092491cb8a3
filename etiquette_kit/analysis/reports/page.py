"""Results as a page to read, print or share: one HTML file without scripts, with embedded plots."""

from __future__ import annotations

from markupsafe import Markup

from etiquette_kit.analysis.cohort_report import answer_shares, area_credit
from etiquette_kit.analysis.plots import before_after, item_map, option_shares
from etiquette_kit.analysis.reports.group import GroupResults
from etiquette_kit.bank import Bank
from etiquette_kit.locale import catalog
from etiquette_kit.locale.numbers import decimal, percent
from etiquette_kit.locale.templates import template


def report_page(results: GroupResults, bank: Bank, title: str) -> str:
    """Return a complete HTML page about a group.

    Parameters
    ----------
    results : GroupResults
        The results that may be shown.
    bank : Bank
        The scenarios, for the titles of their themes.
    title : str
        The title of the group.
    """
    report, lang = results.report, results.report.lang
    words = catalog(lang)
    compared = results.items[results.items["upper_lower"].notna()]
    titles, reasons = results.titles, results.statistics.reasons(lang)
    return template(
        __package__, "report.html.j2"
    ).render(
        words=words,
        lang=lang,
        title=title,
        report=report,
        least=results.least,
        notes=results.notes(bank),
        reliability=results.reliability(),
        area_credit=lambda area: area_credit(area, lang),
        answer_shares=lambda situation: answer_shares(situation, lang),
        percent=lambda value: percent(value, words),
        decimal=lambda value: decimal(value, words),
        gain=Markup(before_after(report.gains, lang).html()) if report.gains else "",  # noqa: S704  our own plot
        map=Markup(item_map(compared, lang, titles).html()) if len(compared) else "",  # noqa: S704
        shares=[Markup(option_shares(situation, lang).html()) for situation in report.divisive[:3]],  # noqa: S704
        items=[
            {"title": titles[str(item)], "opening": results.openings[str(item)], "row": row, "reasons": reasons.get(str(item), [])}
            for item, row in results.items.iterrows()
        ],
    )
