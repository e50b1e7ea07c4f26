"""The methods of stocks: how many of each product there are in which warehouse."""
