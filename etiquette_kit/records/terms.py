"""What learners are promised about their answers; importing it brings in no database."""

from datetime import timedelta

RETENTION = timedelta(days=180)
"""How long a session is kept after it began, where nothing else is said."""

LEAST_GROUP = 7
"""The smallest group whose results are shown, where nothing else is said."""

LEAST_POSSIBLE = 5
"""What the smallest group can be set to at the least."""
