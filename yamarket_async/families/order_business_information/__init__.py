"""The family of business orders: organisations that buy, and their documents."""
