"""The methods of logistic points: the Market's pick-up points."""
