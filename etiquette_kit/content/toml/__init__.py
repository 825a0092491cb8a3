"""Reading TOML files, with the line of each value and what is wrong with the file itself."""
