"""Goods statistics: the methods, their entries and their structs."""
