"""The morphable head: mesh, shape, skin, eyes."""
