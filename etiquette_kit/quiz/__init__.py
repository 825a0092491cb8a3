"""Quiz sessions: their events, how they are stored and resumed; without texts and pages."""
