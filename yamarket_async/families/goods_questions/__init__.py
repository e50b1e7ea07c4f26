"""The methods of questions: what buyers ask about products, and answering them."""
