"""What the pretend Market remembers, a file for each family; the answers read and change it."""
