"""Figures. matplotlib is imported in here, and nowhere else."""
