"""The methods of reports: money, sales, stocks and promotion, and documents to print."""
