"""Fixtures for a test session that talks to the pretend Market."""
