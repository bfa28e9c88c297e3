"""Pictures of every screen and state: `make shots`."""
