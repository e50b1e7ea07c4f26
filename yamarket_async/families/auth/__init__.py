"""The methods of auth: what the key of the client is allowed."""
