"""What the gateway keeps: conversations, their numbered events, and the turns that are still owed an answer."""
