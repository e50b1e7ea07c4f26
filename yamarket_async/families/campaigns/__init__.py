"""The methods of campaigns: the stores of a cabinet and their settings."""
