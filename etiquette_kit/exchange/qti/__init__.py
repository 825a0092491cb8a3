"""QTI: a content package in one language, with a file for each question and a test with a section for each theme.

Its parts are written in the names of QTI 3.0; `version.py` says what an earlier version calls them.
"""
