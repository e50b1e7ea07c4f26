"""The methods of regions: the tree of regions of the Market, and codes of countries."""
