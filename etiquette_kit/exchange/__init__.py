"""The situations for other software: a neutral item, and a writer for each target."""

from etiquette_kit.exchange.collection import ITEM_FORMATS, Collection, LeftOut, collections
from etiquette_kit.exchange.item import Item, ItemOption
from etiquette_kit.exchange.targets import TARGETS, Target

__all__ = ["ITEM_FORMATS", "TARGETS", "Collection", "Item", "ItemOption", "LeftOut", "Target", "collections"]
