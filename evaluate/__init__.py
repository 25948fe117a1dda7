"""Reads a release and a model; scores, floors, intervals, tables, plots."""
