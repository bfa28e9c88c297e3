"""`make mutants`: small faults put into the clinical core one by one, and whether a clinical test notices each."""
