"""The family of order statistics."""
