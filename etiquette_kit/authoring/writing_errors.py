"""What keeps a situation from being written into its file."""

from __future__ import annotations


class UnwritableError(Exception):
    """The situation stands in its file in a way in which it cannot be changed without touching something else."""
