"""The pretend Market."""
