"""`make alarm-budget`: simulated ward days through the real charting, and what their alerts would cost the nurses."""
