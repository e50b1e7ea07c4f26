"""The methods of outlets: a DBS store's own shops and pick-up points."""
