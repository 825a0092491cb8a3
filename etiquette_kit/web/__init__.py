"""Everything a browser gets."""

from pathlib import Path

WEB = Path(__file__).resolve().parent
"""The folder of the pages' files."""
