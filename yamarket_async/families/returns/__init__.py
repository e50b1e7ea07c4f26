"""The methods of returns: what buyers sent back or never fetched, and deciding about it."""
