"""How it looks: pure functions from a status to Dash components."""
