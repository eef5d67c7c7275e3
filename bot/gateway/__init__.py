"""The front door: sessions, one numbered log per conversation, who owns it now, and the channels that read it."""
