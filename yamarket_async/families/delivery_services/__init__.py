"""The methods of delivery services: the Market's list of carriers."""
