"""What is true: the clinical core, the record, charting and the ward as it stands."""
