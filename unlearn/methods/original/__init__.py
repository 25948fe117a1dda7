"""The objectives of the published scripts where they are not those of the paper. See `--compat original`."""
