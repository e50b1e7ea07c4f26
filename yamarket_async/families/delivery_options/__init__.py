"""The methods of delivery options: how the Market delivers orders from other channels, and takes returns back."""
