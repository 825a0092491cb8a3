"""Synthetic answers."""

from etiquette_kit.analysis.synthetic.answers import synthetic_answers, synthetic_cohort, synthetic_store
from etiquette_kit.analysis.synthetic.readers import synthetic_readers

__all__ = ["synthetic_answers", "synthetic_cohort", "synthetic_readers", "synthetic_store"]
