"""Our web chat beside three others: the same page, the same machine, one run. `python -m bench.widget`."""
