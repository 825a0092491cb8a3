"""Answers that are made up."""
