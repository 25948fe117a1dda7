"""What a biography tells, and the orders in which its topics follow each other."""

from typing import Literal

Topic = Literal[
    "birth", "parents", "start", "schooling", "work", "pay", "home", "body", "dress", "health", "hobbies", "stories"
]

PLANS: tuple[tuple[tuple[Topic, ...], tuple[Topic, ...]], ...] = (
    (
        ("birth", "parents", "start", "schooling"),
        ("work", "pay", "home", "hobbies", "body", "dress", "health", "stories"),
    ),
    (
        ("birth", "parents", "start", "schooling", "work", "pay"),
        ("home", "body", "dress", "health", "hobbies", "stories"),
    ),
    (
        ("work", "pay", "home", "schooling", "health"),
        ("birth", "parents", "start", "hobbies", "stories", "body", "dress"),
    ),
    (
        ("schooling", "work", "pay", "home", "hobbies"),
        ("birth", "parents", "start", "body", "dress", "health", "stories"),
    ),
    (
        ("home", "birth", "parents", "start", "body", "dress", "health"),
        ("schooling", "work", "pay", "hobbies", "stories"),
    ),
    (
        ("birth", "home", "schooling", "work", "pay"),
        ("parents", "start", "stories", "hobbies", "body", "dress", "health"),
    ),
    (
        ("work", "pay", "birth", "parents", "start", "schooling"),
        ("hobbies", "stories", "home", "body", "dress", "health"),
    ),
    (
        ("parents", "start", "birth", "schooling", "body", "dress", "health"),
        ("work", "pay", "home", "stories", "hobbies"),
    ),
    (
        ("body", "dress", "health", "birth", "parents", "start"),
        ("schooling", "work", "pay", "hobbies", "home", "stories"),
    ),
    (
        ("hobbies", "home", "work", "pay", "schooling"),
        ("birth", "parents", "start", "health", "body", "dress", "stories"),
    ),
)
"""Topics of the first paragraph, after its opening, and of the second."""
