"""Kernels that light points and shade pixels.

Light groups: 0 key, 1 fill, 2 rim, 3 dome. Irradiance is gathered at points; shine is worked out for each pixel.
"""

import numpy as np
from numba import njit


@njit(cache=True)
def seen_by(px, py, pz, f, scale, depth, hair_depth, hair_count, bias, absorb, density):
    """Share of one light that reaches a point: soft shadow of meshes times what hair lets through."""
    size = depth.shape[0]
    fx = (px * f[0, 0] + py * f[1, 0] + pz * f[2, 0]) * scale + size / 2 - 0.5
    fy = (px * f[0, 1] + py * f[1, 1] + pz * f[2, 1]) * scale + size / 2 - 0.5
    z = px * f[0, 2] + py * f[1, 2] + pz * f[2, 2]
    x, y = int(np.floor(fx)), int(np.floor(fy))
    if x < 0 or y < 0 or x >= size - 1 or y >= size - 1:
        return 1.0
    u, v, mesh, hair = fx - x, fy - y, 0.0, 0.0
    for dy in range(2):
        for dx in range(2):
            w = (u if dx else 1 - u) * (v if dy else 1 - v)
            if depth[y + dy, x + dx] < z + bias:
                mesh += w
            behind = hair_depth[y + dy, x + dx] - z - 0.02
            if behind > 0:
                hair += w * min(behind, 0.35) * min(hair_count[y + dy, x + dx] * density, 1.0)
    return mesh * np.exp(-absorb * hair)


@njit(cache=True)
def light_points(
    points,
    normals,
    eye,
    directions,
    colours,
    groups,
    frames,
    scale,
    depth,
    hair_depth,
    hair_count,
    density,
    size_of,
    light,
    reach,
    sky,
):
    """Gather light (v, 3), share of each lamp reach (v, 3) and open sky (v,) at mesh points that face the camera."""
    for i in range(points.shape[0]):
        nx, ny, nz = normals[i, 0], normals[i, 1], normals[i, 2]
        if nx * (eye[0] - points[i, 0]) + ny * (eye[1] - points[i, 1]) + nz * (eye[2] - points[i, 2]) < -0.25 * eye[2]:
            continue
        weight, open_ = 1e-3, 0.0
        for j in range(directions.shape[0]):
            facing = nx * directions[j, 0] + ny * directions[j, 1] + nz * directions[j, 2]
            if facing < -0.06:
                continue
            share = seen_by(
                points[i, 0],
                points[i, 1],
                points[i, 2],
                frames[j],
                scale,
                depth[j],
                hair_depth[j],
                hair_count[j],
                0.045,
                9.0,
                density,
            )
            # Wrapped a little past the terminator: skin has no hard one.
            amount = (facing + 0.06) / 1.06 * share
            for c in range(3):
                light[i, c] += amount * colours[j, c]
            if groups[j] == 3:
                if facing > 0:
                    open_ += facing * share
                    weight += facing
            else:
                reach[i, groups[j]] += share / size_of[groups[j]]
        sky[i] = open_ / weight


@njit(cache=True)
def light_grid(origin, step, colours, groups, frames, scale, depth, hair_depth, hair_count, density, out):
    """Dome light at the nodes of a grid around the hair: too smooth to gather for every strand."""
    for a in range(out.shape[0]):
        for b in range(out.shape[1]):
            for c in range(out.shape[2]):
                x, y, z = origin[0] + a * step, origin[1] + b * step, origin[2] + c * step
                for j in range(frames.shape[0]):
                    if groups[j] == 3:
                        share = seen_by(
                            x, y, z, frames[j], scale, depth[j], hair_depth[j], hair_count[j], 0.06, 6.0, density
                        )
                        for q in range(3):
                            out[a, b, c, q] += share * colours[j, q]


@njit(cache=True)
def light_strands(
    points,
    colour,
    shine,
    eye,
    origin,
    step,
    grid,
    directions,
    lamps,
    chosen,
    frames,
    scale,
    depth,
    hair_depth,
    hair_count,
    density,
    out,
):
    """Colour (n, k, 3) of strands (n, k, 3): Kajiya-Kay with a white and a tinted highlight, at every second point."""
    n, k, _ = points.shape
    top = grid.shape[0] - 1.001
    for i in range(n):
        for j in range(0, k, 2):
            before, after = max(j - 1, 0), min(j + 1, k - 1)
            tx = points[i, after, 0] - points[i, before, 0]
            ty = points[i, after, 1] - points[i, before, 1]
            tz = points[i, after, 2] - points[i, before, 2]
            length = (tx * tx + ty * ty + tz * tz) ** 0.5 + 1e-9
            tx, ty, tz = tx / length, ty / length, tz / length
            px, py, pz = points[i, j, 0], points[i, j, 1], points[i, j, 2]
            gx = min(max((px - origin[0]) / step, 0.0), top)
            gy = min(max((py - origin[1]) / step, 0.0), top)
            gz = min(max((pz - origin[2]) / step, 0.0), top)
            a, b, c = int(gx), int(gy), int(gz)
            u, v, w = gx - a, gy - b, gz - c
            for q in range(3):
                value = 0.0
                for da in range(2):
                    for db in range(2):
                        for dc in range(2):
                            part = (u if da else 1 - u) * (v if db else 1 - v) * (w if dc else 1 - w)
                            value += part * grid[a + da, b + db, c + dc, q]
                out[i, j, q] = colour[i, q] * value * 0.5
            vx, vy, vz = eye[0] - px, eye[1] - py, eye[2] - pz
            length = (vx * vx + vy * vy + vz * vz) ** 0.5
            vx, vy, vz = vx / length, vy / length, vz / length
            for m in range(chosen.shape[0]):
                d = chosen[m]
                lx, ly, lz = directions[d, 0], directions[d, 1], directions[d, 2]
                share = seen_by(
                    px, py, pz, frames[d], scale, depth[d], hair_depth[d], hair_count[d], 0.06, 9.0, density
                )
                along = tx * lx + ty * ly + tz * lz
                across = max(0.0, 1 - along * along) ** 0.5
                hx, hy, hz = lx + vx, ly + vy, lz + vz
                half = (tx * hx + ty * hy + tz * hz) / ((hx * hx + hy * hy + hz * hz) ** 0.5 + 1e-6)
                white = max(0.0, 1 - (half + 0.10) ** 2) ** 60
                tinted = max(0.0, 1 - (half - 0.13) ** 2) ** 14
                for q in range(3):
                    col = colour[i, q]
                    # Light hair scatters more light forward, so its shadows are weaker.
                    soft = share ** (0.55 + 0.45 * (1 - min(1.0, col * 2.5)))
                    out[i, j, q] += lamps[m, q] * (
                        col * across * soft * 0.62 + share * shine * (0.05 * white + 0.15 * tinted * min(1.0, col * 4))
                    )
        for j in range(1, k, 2):
            nxt = min(j + 1, k - 1) if (j + 1 < k) else j - 1
            for q in range(3):
                out[i, j, q] = 0.5 * (out[i, j - 1, q] + out[i, nxt, q])


@njit(cache=True)
def shade_pixels(
    ident,
    first,
    second,
    triangles,
    points,
    normals,
    light,
    colour,
    gloss,
    rough,
    reach,
    sky,
    hem,
    cuts,
    directions,
    lamps,
    eye,
    image,
):
    """Diffuse light times colour plus two lobes of GGX shine for each lamp, at every covered pixel."""
    height, width = ident.shape
    for y in range(height):
        for x in range(width):
            t = ident[y, x]
            if t < 0:
                continue
            a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
            w0, w1 = first[y, x], second[y, x]
            w2 = 1 - w0 - w1
            nx = w0 * normals[a, 0] + w1 * normals[b, 0] + w2 * normals[c, 0]
            ny = w0 * normals[a, 1] + w1 * normals[b, 1] + w2 * normals[c, 1]
            nz = w0 * normals[a, 2] + w1 * normals[b, 2] + w2 * normals[c, 2]
            length = (nx * nx + ny * ny + nz * nz) ** 0.5 + 1e-9
            nx, ny, nz = nx / length, ny / length, nz / length
            vx = eye[0] - (w0 * points[a, 0] + w1 * points[b, 0] + w2 * points[c, 0])
            vy = eye[1] - (w0 * points[a, 1] + w1 * points[b, 1] + w2 * points[c, 1])
            vz = eye[2] - (w0 * points[a, 2] + w1 * points[b, 2] + w2 * points[c, 2])
            length = (vx * vx + vy * vy + vz * vz) ** 0.5
            vx, vy, vz = vx / length, vy / length, vz / length
            nv = nx * vx + ny * vy + nz * vz
            if nv < 0:
                nx, ny, nz, nv = -nx, -ny, -nz, -nv
            nv = max(nv, 0.05)
            shine = w0 * gloss[a] + w1 * gloss[b] + w2 * gloss[c]
            width_ = w0 * rough[a] + w1 * rough[b] + w2 * rough[c]
            s0, s1, s2 = 0.0, 0.0, 0.0
            for k in range(directions.shape[0]):
                lx, ly, lz = directions[k, 0], directions[k, 1], directions[k, 2]
                nd = nx * lx + ny * ly + nz * lz
                if nd <= 0:
                    continue
                hx, hy, hz = lx + vx, ly + vy, lz + vz
                length = (hx * hx + hy * hy + hz * hz) ** 0.5
                nh = max((nx * hx + ny * hy + nz * hz) / length, 0.0)
                vh = max((vx * hx + vy * hy + vz * hz) / length, 0.0)
                fresnel = 0.028 + 0.972 * (1 - vh) ** 5
                lobes = 0.0
                for q in range(2):
                    r = width_ * (0.75 if q == 0 else 1.35)
                    a2 = r**4
                    spread = a2 / (np.pi * (nh * nh * (a2 - 1) + 1) ** 2 + 1e-9)
                    kk = (r + 1) ** 2 / 8
                    lobes += 0.125 * spread * fresnel / ((nv * (1 - kk) + kk) * (nd * (1 - kk) + kk))
                share = w0 * reach[a, k] + w1 * reach[b, k] + w2 * reach[c, k]
                lobes = min(lobes * nd * share * shine * 3.2, 3.0)
                s0 += lobes * lamps[k, 0]
                s1 += lobes * lamps[k, 1]
                s2 += lobes * lamps[k, 2]
            edge = (1 - nv) ** 5 * 0.5 * shine * (w0 * sky[a] + w1 * sky[b] + w2 * sky[c]) * 0.3
            rim = 1.0
            if hem[a] > 0:
                near = 1e9
                for k in range(3):
                    near = min(near, w0 * cuts[a, k] + w1 * cuts[b, k] + w2 * cuts[c, k])
                if near < hem[a]:
                    # A rounded band: darkest at its inner line, where cloth meets cloth.
                    rim = 0.90 - 0.35 * max(0.0, near / hem[a] - 0.75) * 4 * 0.5
            for ch in range(3):
                diffuse = w0 * light[a, ch] + w1 * light[b, ch] + w2 * light[c, ch]
                base = w0 * colour[a, ch] + w1 * colour[b, ch] + w2 * colour[c, ch]
                image[y, x, ch] = diffuse * base * rim + (s0 if ch == 0 else (s1 if ch == 1 else s2)) + edge
