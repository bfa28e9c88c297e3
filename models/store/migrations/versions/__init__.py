"""One file per migration; never edited once a ward has run it."""
