"""What a note of refusal does, judged by words and sentence patterns."""

from etiquette_kit.formats.note.assessment.note import CRITERIA, MOST_WORDS, Assessment, Criterion, assess_note

__all__ = ["CRITERIA", "MOST_WORDS", "Assessment", "Criterion", "assess_note"]
