"""The settings of a build whose pictures are painted by diffusion models."""

from typing import Any, Literal

from pydantic import Field

from ....schemas.base import Strict

_PORTRAIT = ("portrait_model", "identity", "steps", "guidance")
_REPOSE = ("repose", "candidates", "likeness", "repose_model", "repose_base")

MAY_CHANGE = ("candidates", "likeness")
"""Settings that a build may go on with changed: whoever is re-posed by then stays so."""


class PaintOptions(Strict):
    """Which models paint, and how. Field names are keys of a config file and options of `generate`."""

    portrait_model: str | None = None
    """Text-to-image model for `portraits = "diffusion"`: a name on the Hub, or a folder."""
    identity: str = "insightface"
    """Counts faces and tells look-alikes apart among painted portraits: a file name under `portraits/identity`."""
    steps: int | None = Field(default=None, ge=1, le=1000)
    """Denoising steps of a portrait; None takes the model's own default."""
    guidance: float | None = Field(default=None, ge=0, le=50)
    """How closely a portrait follows its description; None takes the model's own default."""
    repose: Literal["own", "arc2face"] = "own"
    """Who makes the re-posed pictures: the portrait source itself, or Arc2Face from the portrait's identity."""
    candidates: int = Field(default=16, ge=1, le=999)
    """Pictures that Arc2Face paints of each person, of which the best spread are kept."""
    likeness: float = Field(default=0.5, ge=-1, le=1)
    """Least cosine between portrait and re-posed picture, by ArcFace."""
    repose_model: str = "FoivosPar/Arc2Face"
    """Arc2Face's weights: a name on the Hub, or a folder."""
    repose_base: str = "stable-diffusion-v1-5/stable-diffusion-v1-5"
    """The Stable Diffusion 1.5 that Arc2Face's parts are put into: a name on the Hub, or a folder."""
    paint_batch: int = Field(default=4, ge=1, le=64)
    """Pictures painted at once. Changes pixels by rounding at most."""

    def fault(self, portraits: str) -> str | None:
        """What does not go together, in a sentence."""
        given = self.model_fields_set & set(PaintOptions.model_fields)
        if portraits == "diffusion" and not self.portrait_model:
            return (
                "portraits = diffusion needs --portrait-model: a text-to-image model's name on the Hub, or its folder."
            )
        if portraits == "diffusion" and self.repose == "own":
            return "portraits = diffusion cannot turn a head: add --repose arc2face."
        if portraits != "diffusion" and (wrong := sorted(given & set(_PORTRAIT))):
            return f"{', '.join(wrong)}: only for --portraits diffusion."
        if portraits == "none" and self.repose != "own":
            return f"repose = {self.repose} needs portraits, and they are set to none."
        if self.repose == "own" and (wrong := sorted(given & set(_REPOSE) - {"repose"})):
            return f"{', '.join(wrong)}: only for --repose arc2face."
        return None

    def paint_content(self, portraits: str) -> dict[str, Any]:
        """The settings that decide what is painted, for the manifest; none when nothing is."""
        names = (*(_PORTRAIT if portraits == "diffusion" else ()), *(_REPOSE if self.repose != "own" else ()))
        return {name: getattr(self, name) for name in names}

    def painting(self) -> "PaintOptions":
        """These options alone."""
        return PaintOptions.model_construct(**{name: getattr(self, name) for name in PaintOptions.model_fields})
