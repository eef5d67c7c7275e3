"""The embedded agent desk at `/desk`: accounts, the API its page uses, and the page."""
