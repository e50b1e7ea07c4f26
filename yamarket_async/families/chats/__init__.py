"""The methods of chats: talking with buyers about orders and returns."""
