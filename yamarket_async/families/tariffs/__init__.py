"""Tariffs: the methods, their entries and their structs."""
