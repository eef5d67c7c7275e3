"""Microsoft Teams: activities become messages in the log, and events in the log become activities (docs/teams.md)."""
