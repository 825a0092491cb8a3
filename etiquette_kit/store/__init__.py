"""Where answers are kept: in a database, or in memory for as long as the page is open."""
