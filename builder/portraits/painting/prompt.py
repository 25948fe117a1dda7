"""The words a portrait is painted from: the person's appearance, and a light and a place drawn from their seed.

CLIP reads 77 tokens, so what tells people apart comes first.
"""

from ....schemas.appearance import Appearance

NEGATIVE = (
    "drawing, painting, cartoon, 3d render, doll, collage, frame, text, watermark, two people, crowd, "
    "hands, profile view, cropped head, blurry, deformed"
)
_DESCENT = {"african": "African", "asian": "East Asian", "european": "European"}
_PLACES = {
    "studio grey": "a plain grey studio backdrop",
    "studio light": "a plain light studio backdrop",
    "studio dark": "a plain dark studio backdrop",
    "studio blue": "a plain blue-grey studio backdrop",
    "studio warm": "a plain warm brown studio backdrop",
    "office": "a blurred office behind",
    "library": "a blurred library behind",
    "living room": "a blurred living room behind",
    "park": "a blurred park behind",
    "street": "a blurred street behind",
    "seaside": "a blurred seaside behind",
}
_LIGHTS = {
    "soft front": "soft light from the front",
    "window left": "light from a window on the left",
    "window right": "light from a window on the right",
    "studio left": "studio light from the left",
    "studio right": "studio light from the right",
    "evening sun": "evening sunlight",
    "overcast": "overcast daylight",
}


def describe(appearance: Appearance) -> str:
    """The prompt of a person's portrait; a pure function of the appearance."""
    from ..views import make_setting

    view = make_setting(appearance, 0).view
    parts = [
        f"portrait photo of a {appearance.age}-year-old {_descent(appearance)} {_noun(appearance)}",
        *_hair(appearance),
        f"{appearance.eye_colour} eyes",
        *([f"{appearance.glasses} glasses"] if appearance.glasses != "none" else []),
        *([f"wearing a {appearance.head_covering}"] if appearance.head_covering != "none" else []),
        *(["ear-rings"] if appearance.earrings else []),
        f"{appearance.clothing_colour} {appearance.clothing}",
        f"{view.expression} expression" if view.expression in ("neutral", "serious", "thoughtful") else view.expression,
        _PLACES[view.background],
        _LIGHTS[view.light],
        "head and shoulders, looking at the camera, sharp focus, natural skin",
    ]
    return ", ".join(parts)


def _noun(appearance: Appearance) -> str:
    return "woman" if appearance.sex == "female" else "man"


def _descent(appearance: Appearance) -> str:
    """The ancestries that weigh, the heaviest first."""
    weights = appearance.ancestry.model_dump()
    names = [_DESCENT[name] for name in sorted(weights, key=lambda n: (-weights[n], n)) if weights[name] >= 0.25]
    return names[0] if len(names) == 1 else f"mixed {' and '.join(names)}"


def _hair(appearance: Appearance) -> list[str]:
    if appearance.head_covering == "headscarf":
        return []
    bald = appearance.hair_style == "bald"
    hair = ["bald"] if bald else [f"{appearance.hair_style} {appearance.hair_colour} hair"]
    return hair if appearance.facial_hair == "none" else [*hair, appearance.facial_hair]
