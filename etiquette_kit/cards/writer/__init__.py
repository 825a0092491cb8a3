"""The author's page; no page of a learner imports it."""
