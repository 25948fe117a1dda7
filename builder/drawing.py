"""The pictures of a build, from who draws them to where they are read: portraits first, then re-posed ones.

One model is in memory at a time: the portraits of all are done, and their painter gone, before the re-poser is loaded.
"""

from collections.abc import Sequence
from contextlib import suppress
from time import sleep

from ..errors import FindingsError, MllmuError
from .ledger import at_work
from .pictures import Album, Sitter, draw_missing, repose_missing
from .portraits import get_source
from .portraits.repose import get_reposer
from .portraits.source import PortraitSource, StudioSource
from .settings import Settings
from .studio import Studio

POLL = 1.0
"""Seconds between two looks of a helper at what the first process has done."""


class Drawing:
    """Draws everybody of a build."""

    def __init__(self, settings: Settings, studio: Studio) -> None:
        self._settings, self._studio = settings, studio
        self.source: PortraitSource = get_source(settings.portraits, **settings.portrait_options())
        if isinstance(self.source, StudioSource):
            self.source.work_in(studio)
        self.reposer = get_reposer(settings.painting(), settings.size, studio)
        self.album = Album(studio.ledger, self.source, settings.views, self.reposer)

    def draw(self, sitters: Sequence[Sitter]) -> None:
        """Draw and record all that is missing."""
        studio, views = self._studio, self._settings.views
        if self.reposer and not self.album.has_all(sitters):
            self.reposer.prepare()
        with studio.progress.bar("portraits", len(sitters), "people") as bar:
            draw_missing(studio.ledger, self.source, sitters, 0 if self.reposer else views, bar.update)
        studio.forget_pictures("attempt")
        if self.reposer:
            if studio.share.of > 1:
                with suppress(FindingsError):  # raised again below, once all others are done
                    self._repose(self._share(sitters))
                studio.await_helpers("re-posed")
            self._repose(sitters)
            studio.forget_pictures("candidate")

    def made_with(self) -> dict[str, str]:
        """What draws, with its version."""
        from importlib.metadata import version

        made = {"portraits": f"{self.source.name} {self.source.version}"}
        if self.reposer:
            made["re-posed pictures"] = f"{self.reposer.name} {self.reposer.version}"
        if self._settings.paints():
            made |= {name: version(name) for name in ("diffusers", "torch", "transformers")}
        if self._settings.uses_insightface():
            made["insightface"] = version("insightface")
        return made

    def help_out(self, sitters: Sequence[Sitter]) -> None:
        """As a helper: draw and record this process's share."""
        if isinstance(self.source, StudioSource) and not self.album.has_portraits(sitters):
            self.source.help_out(sitters)
        self._studio.done_helping("portraits")
        if self.reposer:
            self._await_portraits(sitters)
            with suppress(FindingsError):  # the first process says it, once all others are done
                self._repose(self._share(sitters))
        self._studio.done_helping("re-posed")

    def _share(self, sitters: Sequence[Sitter]) -> Sequence[Sitter]:
        return sitters[self._studio.share.number :: self._studio.share.of]

    def _repose(self, sitters: Sequence[Sitter]) -> None:
        assert self.reposer is not None
        with self._studio.progress.bar("re-posed", len(sitters), "people") as bar:
            views = self._settings.views
            repose_missing(self._studio.ledger, self.reposer, self.source, sitters, views, bar.update)

    def _await_portraits(self, sitters: Sequence[Sitter]) -> None:
        while not self.album.has_portraits(sitters):
            if not at_work(self._studio.ledger.path):
                raise MllmuError("the first process of this build has ended early; its message says why.")
            sleep(POLL)
