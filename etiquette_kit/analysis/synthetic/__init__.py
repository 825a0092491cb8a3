"""Synthetic answers."""
