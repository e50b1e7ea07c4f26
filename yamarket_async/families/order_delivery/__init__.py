"""The family of order delivery: dates, tracking, codes, buyers."""
