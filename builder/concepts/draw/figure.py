"""Draws a character of a design in a pose: limbs, body, head, face and what is worn."""

import numpy as np

from .canvas import Array, Canvas, Colour, Point, around, ellipse, shifted, smooth, turned
from .character import HEADS, Character
from .charges import star
from .colours import COLOURS
from .pose import Pose


def character_art(
    design: Character, pose: Pose, size: int, edge: float = 0.028, ink: Colour = (0.08, 0.07, 0.09)
) -> Array:
    """(size, size, 4): the character; `edge` is the width of the outline, 0 for none."""
    return _Figure(design, pose, Canvas(size), edge, ink).draw()


class _Figure:
    def __init__(self, design: Character, pose: Pose, canvas: Canvas, edge: float, ink: Colour):
        self.d, self.p, self.c, self.edge, self.ink = design, pose, canvas, edge, ink
        self.fur, self.second, self.cloth = (COLOURS[c] for c in (design.fur, design.second, design.cloth))
        self.dark: Colour = tuple(0.72 * c for c in self.fur)  # type: ignore[assignment]
        self.pale: Colour = tuple(0.45 * c + 0.55 for c in self.fur)  # type: ignore[assignment]
        self.head = np.array([0.0, -0.20 if pose.sits else -0.32])
        wide = HEADS[design.head]
        self.rx, self.ry = 0.40 * wide**0.5, 0.40 / wide**0.5
        self.hips = 0.52 + (0.12 if pose.sits else 0)

    def draw(self) -> Array:
        if self.d.worn == "a cape":
            self._shape(
                [(-0.2, 0.05), (0.2, 0.05), (0.58, 0.78), (0.2, 0.7), (-0.2, 0.76), (-0.56, 0.68)], self.cloth, rounds=2
            )
        self._tail()
        for side in (-1, 1):
            self._leg(side)
        self._arm(-1 if self.p.look > 0 else 1)
        self._body()
        self._arm(1 if self.p.look > 0 else -1)
        self._ears()
        self._head()
        self._face()
        self._worn()
        return self.c.array()

    def _lean(self, points: Array | list[Point]) -> Array:
        """Everything above the hips leans with the pose."""
        return shifted(turned(shifted(points, 0, -self.hips), self.p.lean), 0, self.hips)

    def _shape(self, points: Array | list[Point], colour: Colour, rounds: int = 0, outline: bool = True) -> None:
        p = self._lean(smooth(points, rounds) if rounds else points)
        self.c.shape(p, colour, self.edge if outline else 0, self.ink)

    def _limb(
        self, root: Point, length: float, angle: float, width: float, colour: Colour, hand: Colour, lean: bool
    ) -> None:
        a = np.radians(angle)
        end = (root[0] + length * np.sin(a), root[1] + length * np.cos(a))
        middle = (root[0] + 0.55 * length * np.sin(a * 0.85), root[1] + 0.55 * length * np.cos(a * 0.85))
        path = np.array([root, middle, end])
        path = self._lean(path) if lean else path
        if self.edge:
            self.c.line(path, width + 2 * self.edge * 0.9, self.ink)
        self.c.line(path, width, colour)
        self.c.shape(around(path[-1], width * 0.68, width * 0.68), hand, self.edge, self.ink)

    def _leg(self, side: int) -> None:
        angle = (self.p.left_leg if side < 0 else self.p.right_leg) + (side * 62 if self.p.sits else side * 4)
        boots = self.d.worn == "boots"
        root = (side * 0.16, self.hips - 0.02)
        self._limb(
            root, 0.26 if self.p.sits else 0.32, angle, 0.17, self.fur, self.cloth if boots else self.dark, False
        )

    def _arm(self, side: int) -> None:
        angle = self.p.left_arm if side < 0 else self.p.right_arm
        self._limb((side * 0.27, self.hips - 0.34), 0.36, side * angle, 0.13, self.fur, self.fur, True)

    def _tail(self) -> None:
        kind, y = self.d.tail, self.hips - 0.05
        if kind == "no tail":
            return
        t = np.linspace(0, 1, 24)
        x = 0.2 + 0.45 * t
        path = np.stack([x, y - 0.1 * np.sin(3 * t) - 0.35 * t**2], -1)
        if kind == "a curled tail":
            path = np.stack([0.25 + 0.24 * np.sin(4.6 * t), y - 0.42 * t + 0.10 * np.cos(4.6 * t)], -1)
        path = self._lean(path)
        width = 0.20 if kind == "a bushy tail" else 0.09
        if self.edge:
            self.c.line(path, width + 1.8 * self.edge, self.ink)
        self.c.line(path, width, self.fur)
        if kind == "a tail with a tuft":
            self.c.shape(around(path[-1], 0.1, 0.13, 20), self.second, self.edge, self.ink)

    def _body(self) -> None:
        top = self.hips - 0.5
        body = smooth(
            [(-0.2, top), (0.2, top), (0.36, top + 0.3), (0.33, top + 0.6), (-0.33, top + 0.6), (-0.36, top + 0.3)], 3
        )
        self._shape(body, self.fur)
        middle = self.hips - 0.16
        if self.d.belly == "a pale belly":
            self._shape(ellipse(0, middle, 0.21, 0.22), self.pale, outline=False)
        elif self.d.belly == "spots":
            for x, y, r in (
                (-0.16, -0.1, 0.06),
                (0.14, -0.14, 0.05),
                (0.02, 0.02, 0.07),
                (-0.14, 0.12, 0.05),
                (0.18, 0.1, 0.06),
            ):
                self._shape(ellipse(x, middle + y, r, r), self.second, outline=False)
        elif self.d.belly == "stripes":
            for y in (-0.16, -0.03, 0.1):
                self._shape(
                    [(-0.28, middle + y), (0.28, middle + y), (0.29, middle + y + 0.06), (-0.29, middle + y + 0.06)],
                    self.second,
                    outline=False,
                )
        elif self.d.belly == "a star on the belly":
            self._shape(shifted(star(5, 0.45)[0].points * 0.17, 0, middle), self.second, outline=False)
        elif self.d.belly == "a heart on the belly":
            heart = smooth([(0, 0.17), (-0.2, -0.02), (-0.15, -0.17), (0, -0.07), (0.15, -0.17), (0.2, -0.02)], 2)
            self._shape(shifted(heart * 0.95, 0, middle), self.second, outline=False)

    def _ears(self) -> None:
        x, top = self.head[0] - 0.04 * self.p.look, self.head[1]
        for side in (-1, 1):
            at = np.array([x + side * self.rx * 0.66, top - self.ry * 0.72])
            if self.d.ears == "round ears":
                self._shape(around(at, 0.16, 0.16), self.fur)
                self._shape(around(at, 0.09, 0.09), self.second, outline=False)
            elif self.d.ears == "pointed ears":
                ear = np.array([(-0.15, 0.12), (side * 0.12, -0.28), (0.15, 0.12)])
                self._shape(ear + at, self.fur)
                self._shape(ear * 0.55 + at, self.second, outline=False)
            elif self.d.ears == "long ears":
                self._shape(ellipse(at[0], at[1] - 0.18, 0.1, 0.3, side * 12), self.fur)
                self._shape(ellipse(at[0], at[1] - 0.18, 0.05, 0.2, side * 12), self.second, outline=False)
            elif self.d.ears == "floppy ears":
                self._shape(ellipse(x + side * self.rx * 1.0, top + 0.02, 0.12, 0.26, -side * 14), self.dark)
            elif self.d.ears == "small horns":
                self._shape(np.array([(-0.08, 0.1), (side * 0.1, -0.22), (0.09, 0.08)]) + at, self.second)
            elif self.d.ears == "antennae":
                path = self._lean(
                    [
                        (at[0] - side * 0.1, at[1] + 0.05),
                        (at[0] - side * 0.02, at[1] - 0.16),
                        (at[0] + side * 0.1, at[1] - 0.24),
                    ]
                )
                self.c.line(path, max(0.03, self.edge), self.ink if self.edge else self.dark)
                self.c.shape(around(path[-1], 0.06, 0.06), self.second, self.edge, self.ink)
        if self.d.ears == "a crest":
            for k in (-1, 0, 1):
                spike = np.array([(-0.09, 0.1), (0.05 * k, -0.28 + 0.06 * abs(k)), (0.09, 0.1)])
                self._shape(shifted(spike, x + 0.14 * k, top - self.ry * 0.88), self.second)

    def _head(self) -> None:
        if self.d.head == "square":
            s = 1.18
            corners = [(-1, -0.8), (-0.8, -1), (0.8, -1), (1, -0.8), (1, 0.8), (0.8, 1), (-0.8, 1), (-1, 0.8)]
            self._shape(
                shifted(
                    smooth(np.array(corners) * (self.rx * s / 1.2, self.ry * s / 1.2), 2), self.head[0], self.head[1]
                ),
                self.fur,
            )
        else:
            self._shape(around(self.head, self.rx, self.ry), self.fur)

    def _face(self) -> None:
        x, y = self.head[0] + 0.12 * self.p.look, self.head[1]
        gap = self.rx * 0.42
        for side in (-1, 1):
            self._eye(x + side * gap * (1 - 0.15 * side * self.p.look), y - 0.05, side)
            self._shape(ellipse(x + side * gap * 1.45, y + 0.11, 0.06, 0.04), (0.95, 0.55, 0.55), outline=False)
        self._shape(
            ellipse(x + 0.03 * self.p.look, y + 0.07, 0.055, 0.04),
            self.second if self.d.second != "white" else self.ink,
            outline=False,
        )
        self._mouth(x, y + 0.16)

    def _eye(self, x: float, y: float, side: int) -> None:
        shut = self.p.eyes == "closed" or (self.p.eyes == "wink" and side > 0)
        if shut:
            arc = [(x + 0.08 * np.cos(a), y + 0.05 * np.sin(a)) for a in np.linspace(np.pi, 2 * np.pi, 12)]
            self.c.line(self._lean(arc), 0.03, self.ink)
            return
        self._shape(ellipse(x, y, 0.085, 0.105), (0.98, 0.98, 0.97))
        px = x + 0.03 * self.p.look
        self._shape(ellipse(px, y + 0.01, 0.048, 0.062), (0.06, 0.05, 0.07), outline=False)
        self._shape(ellipse(px - 0.018, y - 0.018, 0.017, 0.02), (1, 1, 1), outline=False)

    def _mouth(self, x: float, y: float) -> None:
        if self.p.mouth in ("smile", "small"):
            w = 0.13 if self.p.mouth == "smile" else 0.06
            arc = [(x + w * np.cos(a), y - 0.02 + 0.07 * np.sin(a)) for a in np.linspace(0.1, np.pi - 0.1, 14)]
            self.c.line(self._lean(arc), 0.028, self.ink)
        elif self.p.mouth == "surprised":
            self._shape(ellipse(x, y + 0.03, 0.045, 0.06), (0.35, 0.08, 0.10))
        else:
            arc = [(x + 0.14 * np.cos(a), y - 0.02 + 0.13 * np.sin(a)) for a in np.linspace(0, np.pi, 18)]
            self._shape(np.array(arc), (0.98, 0.98, 0.97) if self.p.mouth == "grin" else (0.42, 0.09, 0.12))
            if self.p.mouth == "open":
                self._shape(ellipse(x, y + 0.07, 0.06, 0.03), (0.93, 0.45, 0.48), outline=False)

    def _worn(self) -> None:
        x, y = self.head
        neck, worn = y + self.ry * 0.92, self.d.worn
        if worn == "a scarf":
            self._shape(
                [(-0.28, neck - 0.05), (0.28, neck - 0.05), (0.3, neck + 0.08), (-0.3, neck + 0.08)],
                self.cloth,
                rounds=1,
            )
            self._shape([(0.1, neck + 0.04), (0.24, neck + 0.02), (0.26, neck + 0.34), (0.13, neck + 0.36)], self.cloth)
        elif worn == "a bow tie":
            for s in (-1, 1):
                self._shape([(0, neck + 0.05), (s * 0.19, neck - 0.05), (s * 0.19, neck + 0.15)], self.cloth)
            self._shape(ellipse(0, neck + 0.05, 0.05, 0.05), self.cloth)
        elif worn == "a cape":
            self._shape(
                [(-0.24, neck - 0.04), (0.24, neck - 0.04), (0.2, neck + 0.06), (-0.2, neck + 0.06)],
                self.cloth,
                rounds=1,
            )
        elif worn == "a pointed hat":
            top = y - self.ry * 0.8
            self._shape([(x - 0.27, top), (x + 0.03, top - 0.42), (x + 0.27, top), (x, top + 0.06)], self.cloth)
        elif worn == "a beret":
            self._shape(ellipse(x + 0.05, y - self.ry * 0.88, 0.33, 0.13, -8), self.cloth)
            self._shape(ellipse(x + 0.08, y - self.ry * 0.88 - 0.13, 0.03, 0.04), self.cloth)
        elif worn == "round glasses":
            at, gap = x + 0.12 * self.p.look, self.rx * 0.42
            for s in (-1, 1):
                eye = at + s * gap * (1 - 0.15 * s * self.p.look)
                self.c.line(self._lean(ellipse(eye, y - 0.05, 0.13, 0.13)), 0.026, self.ink, closed=True)
            self.c.line(self._lean([(at - 0.05, y - 0.06), (at + 0.05, y - 0.06)]), 0.026, self.ink)
        elif worn == "headphones":
            arc = [
                (x + self.rx * 1.05 * np.cos(a), y + self.ry * 1.08 * np.sin(a))
                for a in np.linspace(np.pi, 2 * np.pi, 24)
            ]
            self.c.line(self._lean(arc), 0.06, self.ink if self.edge else self.dark)
            for s in (-1, 1):
                self._shape(ellipse(x + s * self.rx * 1.03, y, 0.09, 0.15), self.cloth)
