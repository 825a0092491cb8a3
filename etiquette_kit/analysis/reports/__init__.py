"""Reports on stored answers, for a group and for each person."""
