"""From a scene to pixels: meshes, light, rasterising, shading."""
