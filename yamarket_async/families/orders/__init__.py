"""The family of orders."""
