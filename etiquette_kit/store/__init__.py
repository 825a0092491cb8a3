"""Stores of answers: a database, or memory for as long as the page is open."""
