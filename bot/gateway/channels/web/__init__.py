"""The chat API (contract section 3): JSON over HTTP, long-poll and server-sent events."""
