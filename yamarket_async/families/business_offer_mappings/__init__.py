"""Offer mappings, the catalogue of a cabinet: the methods, their entries and their structs."""
