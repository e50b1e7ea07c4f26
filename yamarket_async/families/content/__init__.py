"""Content of cards: the methods, their entries and their structs."""
