"""Reads what a customer wrote, in the light of the question that is open."""
