"""Kernels that turn triangles and strands into pixels, and into depth maps seen from a light.

Plain IEEE arithmetic, in one thread, in one order: the same input gives the same bits in every process.
"""

import numpy as np
from numba import njit

FAR = -1e9


@njit(cache=True)
def box(ax, ay, bx, by, cx, cy, width, height):
    """First and last pixel, across and down, whose centre can lie in a triangle: for most small ones there is none."""
    left = max(0, int(np.ceil(min(ax, bx, cx) - 0.501)))
    right = min(width - 1, int(np.floor(max(ax, bx, cx) - 0.499)))
    low = max(0, int(np.ceil(min(ay, by, cy) - 0.501)))
    return left, right, low, min(height - 1, int(np.floor(max(ay, by, cy) - 0.499)))


@njit(cache=True)
def raster_depth(points, triangles, depth):
    """Nearest z at each pixel of a square map. points (v, 3) in pixels."""
    size = depth.shape[0]
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, bx, by, cx, cy = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        left, right, low, high = box(ax, ay, bx, by, cx, cy, size, size)
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if left > right or low > high or abs(area) < 1e-9:
            continue
        for y in range(low, high + 1):
            for x in range(left, right + 1):
                px, py = x + 0.5, y + 0.5
                w0 = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / area
                if w0 < -1e-5:
                    continue
                w1 = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / area
                w2 = 1 - w0 - w1
                if w1 >= -1e-5 and w2 >= -1e-5:
                    z = w0 * points[a, 2] + w1 * points[b, 2] + w2 * points[c, 2]
                    if z > depth[y, x]:
                        depth[y, x] = z


@njit(cache=True)
def raster_triangles(points, triangles, cuts, is_cut, depth, ident, first, second):
    """The nearest triangle at each pixel with its first two barycentric weights; cut triangles pixel by pixel."""
    height, width = depth.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, bx, by, cx, cy = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        left, right, low, high = box(ax, ay, bx, by, cx, cy, width, height)
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if left > right or low > high or abs(area) < 1e-9:
            continue
        for y in range(low, high + 1):
            for x in range(left, right + 1):
                px, py = x + 0.5, y + 0.5
                w0 = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / area
                if w0 < -1e-5:
                    continue
                w1 = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / area
                w2 = 1 - w0 - w1
                if w1 < -1e-5 or w2 < -1e-5:
                    continue
                z = w0 * points[a, 2] + w1 * points[b, 2] + w2 * points[c, 2]
                if z <= depth[y, x]:
                    continue
                if is_cut[t]:
                    kept = True
                    for k in range(3):
                        kept = kept and w0 * cuts[a, k] + w1 * cuts[b, k] + w2 * cuts[c, k] > 0
                    if not kept:
                        continue
                depth[y, x] = z
                ident[y, x] = t
                first[y, x] = w0
                second[y, x] = w1


@njit(cache=True)
def raster_strands(screen, colour, root_width, tip_width, unit, depth, image, bias, opacity):
    """Blend strands, given far to near, over the image. screen and colour (n, k, 3)."""
    height, width = depth.shape
    n, k, _ = screen.shape
    for i in range(n):
        for j in range(k - 1):
            x0, y0, z0 = screen[i, j, 0], screen[i, j, 1], screen[i, j, 2]
            dx, dy, dz = screen[i, j + 1, 0] - x0, screen[i, j + 1, 1] - y0, screen[i, j + 1, 2] - z0
            steps = int(max(abs(dx), abs(dy))) + 1
            if steps > 300:
                continue
            length = (dx * dx + dy * dy) ** 0.5 + 1e-6
            ux, uy = -dy / length, dx / length
            for s in range(steps):
                t = (s + 0.5) / steps
                thick = (root_width + (tip_width - root_width) * (j + t) / (k - 1)) * unit
                x, y, z = x0 + dx * t, y0 + dy * t, z0 + dz * t
                across = int(np.ceil(thick)) if thick > 1.5 else 1
                for q in range(across):
                    o = (q + 0.5) / across * 2 - 1 if across > 1 else 0.0
                    px, py = int(np.floor(x + ux * o * thick * 0.5)), int(np.floor(y + uy * o * thick * 0.5))
                    if px < 0 or py < 0 or px >= width or py >= height or z < depth[py, px] - bias:
                        continue
                    alpha = opacity if across > 1 else min(1.0, thick) * opacity
                    round_ = 1.0 if across == 1 else 1.0 - 0.4 * o * o
                    for c in range(3):
                        target = (colour[i, j, c] + (colour[i, j + 1, c] - colour[i, j, c]) * t) * round_
                        image[py, px, c] += alpha * (target - image[py, px, c])


@njit(cache=True)
def light_maps(points, triangles, coarse, coarse_triangles, hairs, frames, fine, scale, depth, hair_depth, hair_count):
    """Depth of meshes, depth and number of hair points, seen from each light direction.

    frames (d, 3, 3): columns are right, up and towards the light. `fine` says which lights deserve the finer mesh
    and every hair.
    """
    size = depth.shape[1]
    for j in range(frames.shape[0]):
        f = frames[j]
        source = points if fine[j] else coarse
        seen = np.empty((source.shape[0], 3), np.float32)
        for i in range(source.shape[0]):
            for c in range(3):
                seen[i, c] = source[i, 0] * f[0, c] + source[i, 1] * f[1, c] + source[i, 2] * f[2, c]
            seen[i, 0] = seen[i, 0] * scale + size / 2
            seen[i, 1] = seen[i, 1] * scale + size / 2
        raster_depth(seen, triangles if fine[j] else coarse_triangles, depth[j])
        every = 1 if fine[j] else 2
        for i in range(0, hairs.shape[0], every):
            x = int((hairs[i, 0] * f[0, 0] + hairs[i, 1] * f[1, 0] + hairs[i, 2] * f[2, 0]) * scale + size / 2)
            y = int((hairs[i, 0] * f[0, 1] + hairs[i, 1] * f[1, 1] + hairs[i, 2] * f[2, 1]) * scale + size / 2)
            if x >= 0 and y >= 0 and x < size and y < size:
                z = hairs[i, 0] * f[0, 2] + hairs[i, 1] * f[1, 2] + hairs[i, 2] * f[2, 2]
                hair_count[j, y, x] += every
                if z > hair_depth[j, y, x]:
                    hair_depth[j, y, x] = z
