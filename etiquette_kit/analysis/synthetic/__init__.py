"""Synthetic answers."""

from etiquette_kit.analysis.synthetic.answers import synthetic_answers, synthetic_cohort, synthetic_store

__all__ = ["synthetic_answers", "synthetic_cohort", "synthetic_store"]
