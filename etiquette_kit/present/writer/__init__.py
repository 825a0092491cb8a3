"""What the author's page shows; no page of a learner imports it."""
