"""Lists of required documents in the prose -> the checklist of the milestone that hands them in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.plan.finding import Finding
from service.plan.place import Place
from service.reading.document import Document, Paragraph
from service.reading.title import running_titles, same_title


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredList:
    """`intro` is the sentence above the list, `items` its points without their bullets or numbers."""

    intro: str
    items: tuple[str, ...]
    where: Place


# The intro must say that something has to be in something; a list of expectations is none.
_REQUIRES = re.compile(
    r"\b(?:indeholde|omfatte|bestå\s+af|vedlægge|vedhæfte|medsende|bilag|dokument\w*|materiale\w*\s+er|krav|"
    r"inneholde|bestå\s+av|vedlegg\w*|innehålla|omfatta|bifoga\w*|bilagor|handlingar|"
    r"contain|include|comprise|enclose|"
    r"attach\w*|required?|documents?|følgende\s+skal|skal\s+følgende)\w*",
    re.IGNORECASE,
)
_HANDS_IN = re.compile(
    r"\b(?:indsend|indlever|indgiv|indberet|aflever|fremsend|oversend|innsend|innlever|insend|inlämn|lämna|submi|"
    r"upload|"
    r"hand(?:s|ed)?\s+in|deliver|(?:ansøgning|søknad|ansökan)\w*\s+(?:ind)?send|"
    r"send(?:es|s|er)?\s+(?:ind|inn|in)\b|skickas?\s+in)",
    re.IGNORECASE,
)
_BULLET = r"[-–•*·▪◦oØ]\s+"
_NUMBER = r"[IVX]{1,5}|\d{1,2}|[a-zæøå]"
_MARK = re.compile(
    rf"\s*(?:{_BULLET})?(?:(?:{_NUMBER})(?:[.)]|:)\s+|\((?:{_NUMBER}|[ivx]+)\)\s+|[IVX]{{1,5}}\s+(?=[A-ZÆØÅ(]))"
    rf"|\s*{_BULLET}",
)
_FEWEST = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
# Said of every list; they tell nothing about which one it is.
_COMMON = re.compile(
    r"(?:udarbejde(?:lse)?|utarbeidelse|preparation|indhold\w*|indeholde\w*|inneholde\w*|innehålla|omfatter?|består?|"
    r"contains?|includes?|følgende|following|bilag|dokument\w*|documents?|krav|required|vedlæg\w*|vedlagt|"
    r"indsende(?:s|lse)|aflever\w+|fremsend\w+|submit|submission|skal|must|with|from|that|this|eller|samt|være|blive|"
    r"endvidere|herunder|formal)",
)
_SHARED_STEM = 6
_LONGEST_ENDING = 3


def required_lists(document: Document) -> Iterator[RequiredList]:
    """Each list below a sentence that ends in a colon and says what something must contain."""
    runs = _runs(document)
    for run in runs:
        for place, paragraph in enumerate(run):
            text = paragraph.text.strip()
            if text.endswith(":") and _REQUIRES.search(text):
                items = tuple(_items(run[place + 1 :]))
                if len(items) >= _FEWEST:
                    yield RequiredList(
                        intro=_MARK.sub("", text, count=1) if _MARK.match(text) else text,
                        items=items,
                        where=paragraph.where,
                    )


def _runs(document: Document) -> Iterator[list[Paragraph]]:
    """Paragraphs without a table between them; the title that a new page repeats breaks no list."""
    repeated = running_titles(document)
    run: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            run.extend([] if same_title(block.text) in repeated else [block])
        elif run:
            yield run
            run = []
    yield run


def _items(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The points: marked ones until the marks end; without marks, until the next sentence with a colon."""
    marked = bool(paragraphs) and _MARK.match(paragraphs[0].text) is not None
    item = ""
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        mark = _MARK.match(text)
        if text.endswith(":") and not mark:
            break
        if mark or (not marked and not _goes_on(item, text)):
            if item:
                yield item
            item = text[mark.end() :] if mark else text
        elif _goes_on(item, text):
            item = f"{item} {text}"
        else:
            break
    if item:
        yield item


def _goes_on(item: str, text: str) -> bool:
    """A point broken over two lines, as PDF has it."""
    return (
        bool(item) and not item.endswith((".", ";", ":")) and (text[:1].islower() or not text[:1].isalpha())
    )


def checklists(
    lists: Sequence[RequiredList],
    activities: Sequence[str],
) -> tuple[Mapping[int, tuple[str, ...]], tuple[Finding, ...]]:
    """Place of the activity -> its checklist: the submission of the thing that the intro names.

    Words decide, whatever their ending. A list that fits no submission is told to the coordinator.
    """
    submissions = [place for place, activity in enumerate(activities) if _HANDS_IN.search(activity)]
    found: dict[int, tuple[str, ...]] = {}
    findings = []
    for required in lists:
        shared = {
            place: _shared(required.intro, activities[place]) for place in submissions if place not in found
        }
        best = max(shared, key=lambda place: shared[place], default=None)
        if best is None or not shared[best]:
            values = {"written": required.intro, "items": str(len(required.items))}
            findings.append(Finding(code="checklist-unplaced", where=required.where, values=values))
        else:
            found[best] = required.items
    return found, tuple(findings)


def _shared(intro: str, activity: str) -> float:
    """How many words of the intro the activity has too, and then: how much of it they are."""
    wanted, there = _words(intro), _words(activity)
    common = sum(any(_same_stem(word, other) for other in there) for word in wanted)
    return common + common / (1 + len(there))


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if not _COMMON.fullmatch(word)}


def _same_stem(word: str, other: str) -> bool:
    """Equal but for the ending: "prækvalifikationsmateriale" and "Prækvalifikationsmaterialet"."""
    shared = max(_SHARED_STEM, min(len(word), len(other)) - 1)
    return abs(len(word) - len(other)) <= _LONGEST_ENDING and word[:shared] == other[:shared]
