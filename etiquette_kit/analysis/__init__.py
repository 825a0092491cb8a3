"""What answers tell about people and about scenarios: tables in, tables out."""

from etiquette_kit.analysis.alpha import Alpha, cronbach_alpha
from etiquette_kit.analysis.flags import FLAGS, flag_reason
from etiquette_kit.analysis.items import item_statistics
from etiquette_kit.analysis.stream import AnswerStatistics, answer_statistics

__all__ = [
    "FLAGS",
    "Alpha",
    "AnswerStatistics",
    "answer_statistics",
    "cronbach_alpha",
    "flag_reason",
    "item_statistics",
]
