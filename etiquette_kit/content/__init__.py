"""The data types of scenarios and house rules, and how their files are read."""
