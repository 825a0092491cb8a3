"""What a scenario and the rules of an employer are, and how their files are read."""
