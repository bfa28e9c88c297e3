"""The only medicine in Chairside; nothing here imports more than the standard library."""
