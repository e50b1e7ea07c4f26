"""The family of order labels."""
