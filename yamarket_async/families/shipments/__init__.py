"""The methods of shipments: handing FBS orders over to the Market, with acts, labels and pallets."""
