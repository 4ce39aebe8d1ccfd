"""A milestone's id: it stays when rows move, dates change or the document is saved in another format."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain, count

_DIGITS = 8
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def milestone_ids(activities: Sequence[str]) -> list[str]:
    """One id for each activity, in order; the second of two equal activities gets the suffix -2."""
    seen: Counter[str] = Counter()
    ids = []
    for activity in activities:
        digest = hashlib.sha256(normalised(activity).encode()).hexdigest()[:_DIGITS]
        seen[digest] += 1
        ids.append(f"m{digest}" if seen[digest] == 1 else f"m{digest}-{seen[digest]}")
    return ids


def unused(name: str, taken: Collection[str]) -> str:
    """The name, or the first of name-2, name-3 ... that is not taken."""
    return next(each for each in chain([name], (f"{name}-{n}" for n in count(2))) if each not in taken)


def normalised(text: str) -> str:
    """Letters and digits alone: dashes, quotation marks and white space differ from format to format."""
    return _BETWEEN_WORDS.sub("", text.casefold())
