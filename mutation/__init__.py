"""How many mutants of the pure modules the tests that mirror them kill."""
