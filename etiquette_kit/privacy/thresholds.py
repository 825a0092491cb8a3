"""What learners are promised about their answers; importing it brings in no database."""

from datetime import timedelta

RETENTION = timedelta(days=180)
"""How long a session is kept after it began, where nothing else is said."""

COPY_RETENTION = timedelta(days=30)
"""How long the kit keeps a copy that it made of a store, before a migration or of a damaged file."""

MIN_GROUP_SIZE = 7
"""The smallest group whose results are shown, where nothing else is said."""

MIN_GROUP_FLOOR = 5
"""What the smallest group can be set to at the least."""
