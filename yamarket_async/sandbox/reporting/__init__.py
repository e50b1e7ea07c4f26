"""What stands in the reports and documents that the pretend Market makes."""
