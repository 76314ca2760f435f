"""Pure values and rules: no Flask, no database, no files, no clock, no chance."""
