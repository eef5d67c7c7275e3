"""The ways in: each channel checks who speaks, appends to the log, and delivers from the log by number."""
