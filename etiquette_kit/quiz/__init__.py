"""A run through exercises: what happens in it, how it is kept and taken up again; without words and pages."""
