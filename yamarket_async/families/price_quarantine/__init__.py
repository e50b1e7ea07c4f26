"""Price quarantine: the methods, their entries and their structs."""
