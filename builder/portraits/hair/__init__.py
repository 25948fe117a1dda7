"""Hair: styles, the guides that are grown, the strands between them, brows and beards."""
