"""Plots of the results, each with alternative text."""

from etiquette_kit.analysis.plots.before_after import before_after
from etiquette_kit.analysis.plots.item_map import item_map
from etiquette_kit.analysis.plots.option_shares import option_shares
from etiquette_kit.analysis.plots.plot import Plot
from etiquette_kit.analysis.plots.rated_options import rated_options

__all__ = ["Plot", "before_after", "item_map", "option_shares", "rated_options"]
