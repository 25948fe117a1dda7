"""Draws concepts that are not people: emblems, flags, characters, drawing styles. Only Pillow, numpy and scipy."""
