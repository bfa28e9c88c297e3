"""Wards and scenarios as data files, replayed through charting like any nurse would record them."""
