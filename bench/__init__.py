"""`make bench`: our dialogue beside the same bot on stock Rasa 3.6.21, in one run."""
