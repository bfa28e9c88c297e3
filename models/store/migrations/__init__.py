"""The steps by which a ward's database came to its present tables."""
