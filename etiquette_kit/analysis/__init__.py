"""Statistics of answers, by person and by scenario: functions from tables to tables.

Plots are in `etiquette_kit.analysis.plots`, synthetic answers for tests and demonstrations in `etiquette_kit.analysis.synthetic`.
"""

from etiquette_kit.analysis.cohort_report import CohortReport
from etiquette_kit.analysis.reports.cohort import cohort_report
from etiquette_kit.analysis.reports.notebook import StoredResults
from etiquette_kit.analysis.reports.trial import TrialReport
from etiquette_kit.analysis.statistics.alpha import Alpha, cronbach_alpha
from etiquette_kit.analysis.statistics.flags import FLAGS, flag_reason
from etiquette_kit.analysis.statistics.items import item_statistics
from etiquette_kit.analysis.statistics.stream import AnswerStatistics, answer_statistics

__all__ = [
    "FLAGS",
    "Alpha",
    "AnswerStatistics",
    "CohortReport",
    "StoredResults",
    "TrialReport",
    "answer_statistics",
    "cohort_report",
    "cronbach_alpha",
    "flag_reason",
    "item_statistics",
]
