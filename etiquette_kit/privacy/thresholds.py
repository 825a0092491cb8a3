"""The limits in the privacy guarantees for learners; importing this module does not import a database."""

from datetime import timedelta

RETENTION = timedelta(days=180)
"""How long a session is stored after its start, by default."""

COPY_RETENTION = timedelta(days=30)
"""How long the kit keeps a copy of a store, made before a migration or of a damaged file."""

MIN_GROUP_SIZE = 7
"""The smallest group whose results are shown, by default."""

MIN_GROUP_FLOOR = 5
"""The minimum to which the smallest group can be set."""
