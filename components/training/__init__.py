"""The screens of training: what a trainer sees of a scenario, and nobody else."""
