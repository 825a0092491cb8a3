"""Item statistics, from a table or from any number of answers."""
