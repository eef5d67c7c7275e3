"""A conversation in the hands of people: who waits, who has it, what each may do with it (docs/handoff.md)."""
