"""Two wordings of one answer made equal."""

import re
import unicodedata

_JOINED = re.compile(r"(?<=\d),(?=\d)|['’]")  # 45,000 is 45000; the painter's is the painters
_MARKS = re.compile(r"[\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})


def normalised(text: str) -> str:
    """Case, punctuation, articles and spaces taken out.

    As SQuAD does (Rajpurkar et al. 2016, arXiv 1606.05250), but that marks between words part them: `co-op` is `co op`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _MARKS.sub(" ", _JOINED.sub("", folded)).split()
    return " ".join([word for word in words if word not in _ARTICLES] or words)
