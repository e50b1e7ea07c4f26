"""The methods of outlet licences: permits to sell alcohol in a store's outlets."""
