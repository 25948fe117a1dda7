"""Token sequences with a common beginning, stored once: what a model reads of a person in one pass.

A person's questions begin with the same picture, a question's candidates with the same question, candidates often with
the same words. Each token is a node that sees its ancestors alone, so every sequence is read just as if it stood by
itself, and nothing is read twice.
"""

from collections.abc import Sequence

import numpy as np

ROOT = -1
"""The parent of first tokens."""


class Trie:
    """One row of a batch. Node k is the k-th token of the row; parents come before their children."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.parents: list[int] = []
        self.depths: list[int] = []
        self._children: dict[tuple[int, int], int] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def add(self, ids: Sequence[int], parent: int = ROOT) -> list[int]:
        """The nodes of a sequence that goes on from `parent`; those that are not there yet are made."""
        path: list[int] = []
        for token in ids:
            node = self._children.get((parent, token))
            if node is None:
                node = self._children[parent, token] = len(self.tokens)
                self.tokens.append(token)
                self.parents.append(parent)
                self.depths.append(self.depths[parent] + 1 if parent != ROOT else 0)
            path.append(node)
            parent = node
        return path

    def child(self, node: int, token: int) -> int | None:
        """The node of `token` after `node`, if there is one."""
        return self._children.get((node, token))

    def sees(self) -> np.ndarray:
        """(T, T) bool: node i sees node j if j is i or an ancestor of it."""
        seen = np.zeros((len(self), len(self)), dtype=bool)
        for node, parent in enumerate(self.parents):
            if parent != ROOT:
                seen[node] = seen[parent]
            seen[node, node] = True
        return seen
