"""The methods of warehouses: those of the seller and of the Market, and switching them off and on."""
