"""Your own faces: a folder of pictures that you may use, one face each.

    NAME.jpg                      a portrait (jpg, jpeg, png or webp)
    NAME_pose1.jpg … _pose8.jpg   re-posed pictures of the same person, as many as a build has views
    faces.csv                     optional: columns file,sex,age (sex `female`, `male` or empty; age in years or empty)

Without faces.csv, `NAME` may say it: `female_34_anna.jpg`. A face of known sex goes to a person of that sex, and among
those to the nearest age. Each face is used once.
"""

from collections.abc import Generator, Iterable
from pathlib import Path

from ...errors import UsageError
from ...schemas.picture import Picture
from ..settings import short_hash
from .face_files import FaceFile, find_faces, finds_faces, load_square
from .source import Drawable, Options


class Source:
    """Pictures from a folder."""

    name = "folder"
    together = True

    def __init__(self, options: Options) -> None:
        if options.faces is None:
            raise UsageError("portraits = folder needs your faces: --faces DIR.")
        self.size, self.folder = options.size, options.faces
        self.faces = find_faces(options.faces)
        cut = "faces found" if finds_faces() else "middles"
        self.version = f"1 {cut} {short_hash(options.faces, 'faces')}"  # other files or another cut, other pixels

    def draw(self, people: Iterable[Drawable], views: int) -> Generator[tuple[str, list[Picture]]]:
        """Each person's face, in the order given; the same people and folder give the same assignment.

        Raises:
            UsageError: There are too few faces, or too few pictures of one, which is said before the first is read;
                or a picture will not do.
        """
        for name, files in self._assign(people, views).items():
            yield name, [Picture(data=load_square(path, self.size)) for path in files]

    def _assign(self, people: Iterable[Drawable], views: int) -> dict[str, list[Path]]:
        left, assigned = list(self.faces), dict[str, list[Path]]()
        for person in people:
            face = self._choose(left, person)
            left.remove(face)
            if len(face.poses) < views:
                wanted = f"{face.path.stem}_pose{len(face.poses) + 1}{face.path.suffix}"
                raise UsageError(
                    f"{face.path} has {len(face.poses)} re-posed pictures and the test set needs {views}. "
                    f"Add {wanted} and so on, or lower --views."
                )
            assigned[person.id] = [face.path, *face.poses[:views]]
        return assigned

    def _choose(self, left: list[FaceFile], person: Drawable) -> FaceFile:
        look = person.appearance
        fitting = [face for face in left if face.sex in (None, look.sex)]
        if not fitting:
            used = len(self.faces) - len(left)
            raise UsageError(
                f"{self.folder} has no {look.sex} face left for person {person.id}: "
                f"{used} of its {len(self.faces)} faces are used."
            )
        # A known sex first, then the nearest age; the file's name settles ties.
        return min(
            fitting, key=lambda f: (f.sex is None, abs(f.age - look.age) if f.age is not None else 1000, f.path.name)
        )
