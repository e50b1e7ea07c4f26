"""The methods of supply requests: goods on their way into the Market's warehouses and out of them."""
