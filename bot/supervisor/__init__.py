"""Starts, watches and stops the processes of one installation (`offsite up`)."""
