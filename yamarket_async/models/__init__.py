"""The structs."""
