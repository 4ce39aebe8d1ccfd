"""Which language a document is written in."""

import re
from collections import Counter
from collections.abc import Iterable

_DEFAULT = "da"
# Words that belong to one or two of the languages; a word that two share is half a vote for each.
_SIGNS = {
    "da": (
        "af ikke blev også efter uge måned fra møde godkendelse kommunalbestyrelsen udarbejdelse "
        "bestyrelsen hvor samt frist januar februar marts april maj juni juli august oktober byrådet "
        "indstilling behandling behandler sendes senest indsendelse ansvarlig hvornår hvad hvem og til"
    ),
    "no": (
        "av ikke ble også etter uke måned fra møte godkjenning kommunestyret utarbeidelse styret hvor "
        "samt frist januar februar mars april mai juni juli august oktober rådmannen oppstart milepæler "
        "fremdriftsplan behandles innen skal planen oppgave utføres høring ansvarlig når hva hvem og "
        "til"
    ),
    "sv": (
        "av inte blev också efter vecka månad från möte och för att till är januari februari mars april "
        "maj juni juli augusti oktober nämnden kommunstyrelsen kommunfullmäktige senast ansvarig beslut "
        "uppgift skall när vad vem"
    ),
    "en": (
        "the of and to is in for with by will plan stage consultation january february march april may "
        "june july august october committee board spring autumn winter submitted approval date when "
        "what who due"
    ),
}
_WORDS = {language: frozenset(words.split()) for language, words in _SIGNS.items()}
_LETTERS = {"da": "æø", "no": "æø", "sv": "äö", "en": ""}
_OF_A_LETTER = 0.25


def language_of(texts: Iterable[str]) -> str:
    """The code "da", "no", "sv" or "en" that most words speak for; Danish where none speaks for another."""
    text = " ".join(texts).casefold()
    said, letters = Counter(re.findall(r"[^\W\d_]+", text)), Counter(text)

    def votes(language: str) -> float:
        words = sum(said[word] / _speakers(word) for word in _WORDS[language])
        return words + _OF_A_LETTER * sum(letters[letter] for letter in _LETTERS[language])

    return max(_WORDS, key=lambda language: (votes(language), language == _DEFAULT))


def _speakers(word: str) -> int:
    return sum(word in words for words in _WORDS.values())
