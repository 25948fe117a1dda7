"""What a person looks like: decided with the biography, obeyed by the portrait, told by the description."""

from typing import Literal

from pydantic import Field, model_validator

from .base import Strict

Sex = Literal["female", "male"]
HairColour = Literal["black", "dark brown", "brown", "auburn", "red", "blond", "grey", "white"]
EyeColour = Literal["dark brown", "brown", "hazel", "green", "grey", "blue"]
FacialHair = Literal["none", "stubble", "moustache", "goatee", "short beard", "full beard"]
Glasses = Literal["none", "round", "oval", "rectangular"]


class Ancestry(Strict):
    """Weights of the portrait basis' three ancestries, which sum to 1. They steer bones and skin, nothing else."""

    african: float = Field(ge=0, le=1)
    asian: float = Field(ge=0, le=1)
    european: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _sum_to_one(self) -> "Ancestry":
        if abs(self.african + self.asian + self.european - 1) > 1e-6:
            raise ValueError("ancestry weights must sum to 1")
        return self


class Appearance(Strict):
    """The visible facts of one person."""

    face_seed: int
    """Seeds the face's geometry; two people never share one."""
    sex: Sex
    age: int = Field(ge=18, le=95)
    """Years, on the benchmark's reference date."""
    ancestry: Ancestry
    hair_colour: HairColour
    hair_style: str
    """A key of `builder.population.appearance.HAIR_STYLES`: `bald`, or what comes before colour and "hair"."""
    eye_colour: EyeColour
    facial_hair: FacialHair
    glasses: Glasses
    head_covering: str
    """`none`, or what is worn on the head: `headscarf`, `skullcap`, `knitted hat`. A headscarf hides the hair."""
    earrings: bool
    clothing: str
    """The garment, as words that fit a sentence after its colour: `shirt`, `turtleneck`, `suit jacket`."""
    clothing_colour: str
    """Of the garment: `navy`, `dusty pink`."""
