"""The words by which a plan says what comes after what: Danish first, then Norwegian, Swedish and English."""

import re
from collections.abc import Mapping


def _any_of(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_any_of(*patterns)}", re.IGNORECASE)


# What is done with a matter -------------------------------------------------------------------------------

APPROVES = _words(
    r"godkend\w*|vedtag\w*|tiltræd\w*|behandl\w*|beslut\w*|stadfæst\w*",
    r"godkjen\w*|vedta\w*|vedtek\w*|handsam\w*|fastset\w*",
    r"godkänn\w*|antar\b|antag(?:ande|s|er)\w*|fastställ\w*",
    r"approv\w*|adopt(?:s|ed|ion)?\b|ratif\w*|deci(?:de|sion)\w*|considere?[sd]\b",
)
DECIDES = _words(
    r"vedtag\w*|beslut\w*|vedta\w*|vedtek\w*|fastset\w*|antar\b|antag(?:ande|s|er)\w*",
    r"adopt(?:s|ed|ion)?\b|deci(?:de|sion)\w*",
)
"""Those of them that end a matter."""

ANSWERS = _words(
    r"tilbage\s?meld\w*|svar\b|svarer\b|tilsagn\w*|afgør\w*|bevilling\w*|bevilger\b|udtalelse\w*",
    r"tilbakemeld\w*|tilsegn\w*|avgj[øe]r\w*|uttal\w*|besked\b|yttrande\w*",
    r"feedback|repl(?:y|ies)\b|respon[ds]\w*|examination\b",
)
"""What somebody says to whom something was sent."""

DRAFTS = _words(
    r"udarbejd\w*|udfærdig\w*|udform\w*|skrives\b|utarbeid\w*|utform\w*|utarbet\w*|upprätta\w*",
    r"tas\s+fram\b|framtag\w*|draft(?:s|ing|ed)\b|prepar(?:e|es|ed|ing|ation)\b",
)
HANDS_IN = _words(r"indsend\w*|fremsend\w*|oversend\w*|innsend\w*|insänd\w*|submi(?:t|ts|tted|ssion)\b")
SENDS = re.compile(
    r"\b(?:indsend|fremsend|oversend|afsend|innsend|send(?:es|er)|insänd|skickas?|submi(?:t|ts|tted|ssion)\b)"
    r"[^.;!?]{0,80}?\b(?:til|till|to|via)\s+(?P<to>[^.;!?]{2,80})",
    re.IGNORECASE,
)
RECOMMENDS = re.compile(
    r"\b(?:indstil|innstil|tillstyrk|recommend)\w*[^.;!?]{0,80}?\b(?:til|till|to)\s+(?P<to>[^.;!?]{2,120})",
    re.IGNORECASE,
)
OTHER_VERBS = _words(
    r"send(?:es|er|e)\b|indstil\w*|innstil\w*|tillstyrk\w*|recommend\w*|skickas?\b|melding\w*",
    r"sagsbehandl\w*|saksbehandl\w*",
)


def _approval(*before: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{_any_of(*before)}\s+"
        r"(?:(?:en|et|den|det|the|ett|endelig|formal|formel|politisk|final|offentlig|fornyet|videre|\d\.)\w*"
        r"\s+){0,2}"
        r"(?:godkend|vedtag|behandl|beslut|stadfæst|godkjen|vedta|handsam|godkänn|antag|approv|adopt|deci)\w*",
        re.IGNORECASE,
    )


# What lies before or behind is not done in the row that says so; nor what is asked for, where it is sent.
ELSEWHERE = _approval("efter|etter|after|following|når|när|once|inden|før|innan|before")
ASKED_FOR = _approval("til|for|till|to")

# A hearing, and what comes in by it -----------------------------------------------------------------------

_A_HEARING = r"(?:høring|høyring|eftersyn|ettersyn|samråd|granskning|consultation)"
HEARING = _words(rf"(?:offentlig\w*\s+|public\s+)?{_A_HEARING}\w*")
IS_A_HEARING = re.compile(
    r"^\W*(?:(?:\w+\s+){1,2}er\s+i\s+)?(?:offentlig\w*\s+|politisk\w*\s+|public\s+)?"
    rf"{_A_HEARING}(?!s?(?:svar|part))",
    re.IGNORECASE,
)
HEARING_OF = re.compile(rf"{IS_A_HEARING.pattern}\w*\s+(?:af|av|over|of|on)\s", re.IGNORECASE)
OPENS_A_HEARING = re.compile(
    rf"\b(?:til|till|for|i|på)\s+(?:offentlig\w*\s+|public\s+)?(?:{_A_HEARING}|fremlæggelse)\b",
    re.IGNORECASE,
)
AFTER_A_HEARING = _words(
    r"(?:efter|etter|after|following)\s+(?:(?:endt|afsluttet|den|the|offentlig\w*|public)\s+){0,2}"
    rf"{_A_HEARING}\w*",
    r"(?:på\s+(?:baggrund|bakgrunn|grundlag|grunnlag)\s+a[fv]|mot\s+bakgrund\s+av|based\s+on)\s+"
    rf"(?:\w+\s+){{0,2}}(?:{_A_HEARING}|indsigelse|bemærkning|merknad|synpunkt|yttrand|comments|responses)\w*",
)
_GOING_THROUGH = (
    r"(?:behandl|handsam|gennemgå|gjennomgå|genomgå|gennemgang|evaluer|vurder|(?:op)?saml|sammanställ|"
    r"sammenskriv|review|evaluat|consider)\w*"
)


def _gone_through(what: str) -> re.Pattern[str]:
    """As in "behandling af høringssvar", "høringssvar behandles", "merknadshandsaming"."""
    done_with = (
        r"\s*(?:s?(?:be)?handl|s?handsam|saml|gennemgå|vurder|evaluer|(?:are\s+)?(?:review|consider))\w*"
    )
    return re.compile(
        rf"\b{_GOING_THROUGH}\s+(?:\w+\s+){{0,3}}(?:{what})|\b(?:{what})\w*{done_with}", re.IGNORECASE
    )


COMES_IN: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        _gone_through(
            r"(?:indkomne\s+)?(?:høringss|høringsbidrag|indsigelse|bemærkning|merknad|synpunkt|yttrand|uttal)\w*"
            r"|responses|representations|comments"
        ),
        HEARING,
    ),
    (
        _gone_through(r"(?:indkomne\s+)?(?:ansøgning|søknad|ansökning|ansökan)\w*|applications"),
        _words(
            r"(?:\w+\s+){0,3}frist\w*[^.;]{0,60}(?:ansøgning|søknad|ansök)\w*",
            r"(?:ansøgning|søknad|ansöknings)s?(?:frist|periode|tid)\w*",
            r"(?:ansøgning|søknad|ansök)\w*\s+(?:\w+\s+){0,3}(?:indsend|indlever|aflever|senest|om)\w*",
            r"application\w*\s+deadline|deadline\s+for\s+applications",
        ),
    ),
    (
        _gone_through(r"(?:indkomne\s+)?(?:tilbud|anbud)\w*|tenders|bids"),
        _words(
            r"tilbudsfrist\w*|anbudsfrist\w*|tender\s+deadline",
            r"frist\s+for\s+(?:\w+\s+){0,3}(?:tilbud|anbud)",
        ),
    ),
)
"""What is gone through, and the row by which it comes in."""

# What is said of the order --------------------------------------------------------------------------------

ORDINALS: Mapping[str, int] = {f"{number}.": number for number in range(1, 10)} | {
    word: number
    for number, words in enumerate(("første första first 1st", "anden andre andra second 2nd"), start=1)
    for word in words.split()
}
COUNTED = re.compile(
    r"(?<!\w)(?<!\btil )(?<!\bfor )(?<!\bfør )(?<!\binden )"
    rf"(?P<number>{_any_of(*map(re.escape, ORDINALS))})\s*(?:gangs?\s+|gongs\s+|politiske?\s+)?"
    r"(?P<what>behandling|handsaming|samtale|forhandling|læsning|lesning|udkast|utkast|høring|reading|draft|"
    r"round|interview)\w*",
    re.IGNORECASE,
)
THEN = re.compile(
    r"^\W*(?:(?:herefter|derefter|dernæst|deretter|härefter|därefter|thereafter|subsequently|afterwards)\b"
    r"|(?:efterfølgende|etterfølgende)\s+(?:\w+es|\w+er|skal|kan|vil|bliver)\b)",
    re.IGNORECASE,
)
AFTER_APPROVAL = re.compile(
    r"\b(?:efter|etter|after|following|upon)\s+(?:(?:endelig|politisk|formal|formel|final|den|the)\w*\s+){0,2}"
    r"(?:godkendelse|vedtagelse|godkjenning|vedtak|godkännande|antagande|approval|adoption)\w*"
    r"(?P<whose>[^.;,]{0,80})"
    r"|\b(?:når|så\s+snart|när|once|when)\s+(?P<what>[^.;,]{3,80}?)\s+(?:er|har|är|is|are|has|have)\s+"
    r"(?:blevet\s+|blitt\s+|blivit\s+|been\s+)?"
    r"(?:godkend|vedtag|godkjen|vedtat|godkän|antag|approved|adopted)\w*",
    re.IGNORECASE,
)
ON_THE_BASIS_OF = re.compile(
    r"\b(?:på\s+(?:baggrund|bakgrunn|grundlag|grunnlag)\s+a[fv]|med\s+udgangspunkt\s+i|mot\s+bakgrund\s+av|"
    r"utifrån|based\s+on|on\s+the\s+basis\s+of)\s+(?P<what>[^.;,]{3,80})",
    re.IGNORECASE,
)

# What a row is about: its nouns, less who acts, where and when --------------------------------------------

BODY = re.compile(
    r"(?P<which>\w*)(?:råd|udvalg|utvalg|utskott|bestyrelse|styre|kommune|nämnd|nemnd|fullmäktige|direktion|"
    r"forvaltning|förvaltning|møde|möte|sekretariat|fond|gruppe|afdeling|board|committee|council|group|meeting)"
    r"(?:t|et|en|n|r|er|ret|ene|erne|s|ets|ens|a|ar|arna)?",
    re.IGNORECASE,
)
DEFINITE_BODY = re.compile(
    r"[^\W\d_]*(?:rådet|udvalget|utvalget|utskottet|bestyrelsen|styret|nämnden|nemnda|fullmäktige|direktionen|"
    r"fonden)",
    re.IGNORECASE,
)
ADJECTIVE = re.compile(r"\w+(?:isk|iske|iska|ligt?|lige|liga|sociale?|elle|ende|ande)", re.IGNORECASE)
VAGUE = frozenset({"udkast", "forslag", "utkast", "förslag", "draft", "proposal", "plan", "material", "sag"})
"""Stems that say what a row is about only where nothing else does."""

NO_MATTER = frozenset(
    word
    for line in (
        "afholdelse afholdes drøftelse drøftes orientering status proces processen præsentation præsenteres",
        "fremlæggelse fremlægges forelægges gennemføres foretages begynder starter start slutter indgår",
        "dagsorden fælles samlet færdige kommende nuværende formålet således samt herunder andre deres denne",
        "dette bliver skulle første anden tredje januar februar marts april juni juli august september",
        "oktober november december kvartal herefter derefter efterfølgende inden senest frist fristen",
        "deadline arbejde arbejdet videre bilag medlemmer medarbejdere ledelse ledelsen borgere deltagelse",
        "løbende endelige endelig dialog skriftlig periode perioden møter saken gjennomføres legges ligger",
        "holdes lægges lägges presenteras stage phase report their which after before final process public",
    )
    for word in line.split()
)
