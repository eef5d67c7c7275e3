"""The embedded adapters' database: one engine, its tables and their migrations."""
