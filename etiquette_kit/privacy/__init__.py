"""Privacy guarantees for learners: how long answers are stored, and the minimum group size for a figure."""
