"""Hidden offers: the methods, their entries and their structs."""
