"""The methods of businesses: the settings of a cabinet."""
