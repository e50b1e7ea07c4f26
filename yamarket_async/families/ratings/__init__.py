"""The methods of ratings: the quality index of stores and what pulled it down."""
