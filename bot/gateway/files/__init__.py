"""Files that customers send: received within limits, checked by content, kept outside the web root (W4)."""
