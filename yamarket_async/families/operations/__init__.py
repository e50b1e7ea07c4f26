"""The family of operations that the Market does in the background."""
