"""Bids: the methods, their entries and their structs."""
