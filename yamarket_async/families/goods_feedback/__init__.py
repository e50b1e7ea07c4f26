"""The methods of feedback: what buyers say of products they bought, and answering them."""
