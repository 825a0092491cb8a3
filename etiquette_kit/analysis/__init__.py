"""What answers tell about people and about scenarios: tables in, tables out.

The pictures are in `etiquette_kit.analysis.plots`, made-up answers to try it on in `etiquette_kit.analysis.synthetic`.
"""

from etiquette_kit.analysis.alpha import Alpha, cronbach_alpha
from etiquette_kit.analysis.cohort import cohort_report
from etiquette_kit.analysis.flags import FLAGS, flag_reason
from etiquette_kit.analysis.items import item_statistics
from etiquette_kit.analysis.notebook import StoredResults
from etiquette_kit.analysis.report import CohortReport
from etiquette_kit.analysis.stream import AnswerStatistics, answer_statistics

__all__ = [
    "FLAGS",
    "Alpha",
    "AnswerStatistics",
    "CohortReport",
    "StoredResults",
    "answer_statistics",
    "cohort_report",
    "cronbach_alpha",
    "flag_reason",
    "item_statistics",
]
