"""What the calendar's days, months and seasons are called in Danish, Norwegian, Swedish and English.

A row is what a word or a phrase means; the languages stand beside each other, "all" is what they share,
"no" is both forms of Norwegian.
Phrases are separated by "|" and written without dots ("t.o.m." is "t o m").
"""

from collections.abc import Mapping

from service.reading.deadline.sorts import Sort

Words = Mapping[str, str]

NAMES: Mapping[Sort, Mapping[int | str, Words]] = {
    Sort.HOLIDAY: {
        "easter": {"da": "påske|påsken", "sv": "påsk", "en": "easter"},
        "easter-holiday": {
            "da": "påskeferie|påskeferien|påskeuge|påskeugen",
            "sv": "påsklov|påsklovet",
            "en": "easter holiday|easter holidays",
        },
        "palm-sunday": {"da": "palmesøndag", "sv": "palmsöndagen", "en": "palm sunday"},
        "maundy-thursday": {
            "da": "skærtorsdag",
            "no": "skjærtorsdag",
            "sv": "skärtorsdagen",
            "en": "maundy thursday",
        },
        "good-friday": {"da": "langfredag", "sv": "långfredagen|långfredag", "en": "good friday"},
        "easter-sunday": {
            "da": "påskedag|påskesøndag",
            "sv": "påskdagen",
            "no": "første påskedag",
            "en": "easter sunday",
        },
        "easter-monday": {
            "da": "anden påskedag",
            "sv": "annandag påsk",
            "no": "andre påskedag",
            "en": "easter monday",
        },
        "prayer-day": {"da": "store bededag|st bededag"},
        "ascension": {
            "da": "kristi himmelfart|kr himmelfart|kristi himmelfartsdag|kr himmelfartsdag",
            "sv": "kristi himmelsfärdsdag|kristi himmelsfärds dag",
            "en": "ascension day|ascension",
        },
        "whitsun": {"da": "pinse|pinsen", "sv": "pingst|pingsten", "en": "whitsun|pentecost"},
        "whit-monday": {"da": "anden pinsedag", "no": "andre pinsedag", "en": "whit monday"},
        "christmas": {"da": "jul|julen", "sv": "julhelgen", "en": "christmas|xmas|yule"},
        "advent": {"da": "advent", "sv": "i advent"},
        "christmas-day": {"da": "juledag", "no": "juledag", "sv": "juldagen", "en": "christmas day"},
        "whit-sunday": {"da": "pinsedag", "sv": "pingstdagen", "en": "whit sunday"},
        "christmas-to-new-year": {
            "da": "jul og nytår|julen og nytår|julen og nytåret",
            "no": "jul og nyttår",
            "sv": "jul och nyår",
            "en": "christmas and new year",
        },
        "new-year": {"da": "nytår|nytåret", "no": "nyttår", "sv": "nyår|nyåret", "en": "new year"},
        "christmas-eve": {
            "da": "juleaften|juleaftensdag",
            "no": "julaften",
            "sv": "julafton",
            "en": "christmas eve",
        },
        "christmas-holiday": {
            "da": "juleferie|juleferien",
            "sv": "jullov|jullovet",
            "en": "christmas holiday|christmas break",
        },
        "new-years-eve": {
            "da": "nytårsaften|nytårsaftensdag",
            "no": "nyttårsaften",
            "sv": "nyårsafton",
            "en": "new years eve",
        },
        "new-years-day": {"da": "nytårsdag", "no": "nyttårsdag", "sv": "nyårsdagen", "en": "new years day"},
        "epiphany": {
            "da": "helligtrekonger|hellig tre konger",
            "sv": "trettondagen|trettondedag jul",
            "en": "epiphany",
        },
        "candlemas": {"da": "kyndelmisse", "en": "candlemas"},
        "shrovetide": {"da": "fastelavn|fastelavnssøndag", "sv": "fastlagssöndagen"},
        "midsummer": {
            "da": "sankt hans|skt hans|sct hans|sankthans|sankthansaften|skt hans aften|sankt hans aften"
        },
        "midsummer-eve": {"sv": "midsommar|midsommarafton", "en": "midsummer"},
        "constitution-day": {"da": "grundlovsdag"},
        "all-saints": {
            "da": "allehelgen|alle helgen|allehelgensdag|allehelgens dag",
            "sv": "allhelgona|alla helgons dag",
        },
        "martinmas": {"da": "mortensaften|mortens aften"},
        "school-start": {
            "da": "skolestart|skolestarten",
            "sv": "skolstart|skolstarten",
            "en": "start of term",
        },
        "summer-holiday": {
            "da": "sommerferie|sommerferien|sommerferieperioden",
            "no": "sommarferien|fellesferien",
            "sv": "sommarlov|sommarlovet|semestern",
            "en": "summer holiday|summer holidays|summer break",
        },
        "autumn-holiday": {"da": "efterårsferie|efterårsferien"},
        "autumn-holiday-no": {"no": "høstferie|høstferien|haustferie|haustferien"},
        "autumn-holiday-sv": {"sv": "höstlov|höstlovet"},
        "winter-holiday": {"da": "vinterferie|vinterferien"},
        "winter-holiday-sv": {"sv": "sportlov|sportlovet"},
        "late-summer": {"da": "sensommer|sensommeren", "no": "seinsommeren", "sv": "sensommaren|sensommar"},
        "early-summer": {"da": "forsommer|forsommeren", "no": "forsommeren", "sv": "försommar|försommaren"},
        "michaelmas-term": {"en": "michaelmas term|michaelmas"},
        "hilary-term": {"en": "hilary term|lent term"},
        "trinity-term": {"en": "trinity term|easter term|summer term"},
        "mid-year": {"da": "halvårsskiftet", "sv": "halvårsskifte", "en": "mid year"},
        "spring-term": {
            "da": "vt|forårssemester|forårssemesteret|forårssemestret",
            "no": "vårsemester|vårsemesteret|vårhalvåret",
            "sv": "vårtermin|vårterminen",
            "en": "spring term|spring semester",
        },
        "autumn-term": {
            "da": "ht|efterårssemester|efterårssemesteret|efterårssemestret",
            "no": "høstsemester|høstsemesteret|høsthalvåret|haustsemesteret",
            "sv": "hösttermin|höstterminen",
            "en": "autumn term|autumn semester|fall semester|fall term",
        },
    },
    Sort.PART: {
        1: {
            "da": "primo|prim|start|starten|starten af|i starten af|begyndelsen"
            "|begyndelsen af|i begyndelsen af|begyndelse|først i|først på|først"
            "|tidlig|tidligt|tidligt i|tidligt på|starten på|begyndelsen på|primo i",
            "no": "byrjinga av|tidleg|i byrjinga av|i begynnelsen av|begynnelsen av"
            "|begynnelsen|starten av|tidlig i|først i|tidlig på|byrjinga|tidleg i",
            "sv": "början|början av|i början av|i början på|början på|tidigt|tidigt i|tidig"
            "|tidigt på|inledningen av|i inledningen av",
            "en": "early|early in|beginning of|start of|at the start of|at the beginning of"
            "|the beginning of|beginning|the start of|early part of",
        },
        2: {
            "da": "medio|midt|midt i|midten|midten af|i midten af|midt på|midt i måneden|ca medio|midte",
            "no": "midten av|i midten av|midt|midtveis i",
            "sv": "mitten|mitten av|i mitten av|i mitten på|mitten på|mitt i",
            "en": "mid|middle of|the middle of|mid way through|in the middle of",
        },
        3: {
            "da": "ultimo|ult|slut|slutningen|sidst i|sidst på|sent|sent i|sen|sent på"
            "|slutning|sidste del af|slutningen på",
            "no": "slutten|slutt|slutten på|sein|seint i|sent i|seint|ut i",
            "sv": "slutet|i slutet på|slutet på|sent i|sen|sent|sent på",
            "en": "late|late in|later in|towards the end of|back end of|latter part of",
        },
    },
    Sort.SEASON: {
        3: {"da": "forår|foråret|forårs", "no": "vår|våren", "sv": "vårens", "en": "spring|springtime"},
        6: {
            "da": "sommer|sommeren",
            "no": "sumar|sumaren",
            "sv": "sommar|sommaren|sommarens",
            "en": "summer",
        },
        9: {
            "da": "efterår|efteråret",
            "no": "høst|høsten|haust|hausten",
            "sv": "höst|hösten|höstens",
            "en": "autumn|fall",
        },
    },
    Sort.WEEKS: {
        "weeks": {
            "da": "uger|ugerne|ugers",
            "no": "uker|ukene|ukers|veker|vekene",
            "sv": "veckor|veckorna|veckors",
            "en": "weeks|wks",
        },
    },
    Sort.DURATION: {
        "days": {"da": "dage|dages", "no": "dager|dagers", "sv": "dagar|dagars", "en": "days"},
        "months": {"da": "måneder|mdr|måneders", "no": "månader", "sv": "månader", "en": "months"},
    },
    Sort.SPLIT_YEAR: {
        8: {
            "da": "skoleår|skoleåret|studieår|studieåret",
            "no": "skoleår|skuleåret",
            "sv": "läsår|läsåret|skolår",
            "en": "academic year|school year",
        },
        4: {"en": "financial year|fiscal year|fy"},
    },
    Sort.ORDINAL: {
        1: {"da": "første", "sv": "första|förste", "no": "fyrste", "en": "first"},
        2: {"da": "anden|andet", "no": "andre", "sv": "andra", "en": "second"},
        3: {"da": "tredje", "en": "third"},
        4: {"da": "fjerde", "sv": "fjärde", "en": "fourth"},
        5: {"da": "femte", "en": "fifth"},
    },
    Sort.WEEKDAY: {
        0: {"da": "mandag", "no": "måndag", "en": "monday"},
        1: {"da": "tirsdag", "no": "tysdag", "sv": "tisdag", "en": "tuesday"},
        2: {"da": "onsdag", "en": "wednesday"},
        3: {"da": "torsdag", "en": "thursday"},
        4: {"da": "fredag", "en": "friday"},
        5: {"da": "lørdag", "no": "laurdag", "sv": "lördag", "en": "saturday"},
        6: {"da": "søndag", "no": "sundag", "sv": "söndag", "en": "sunday"},
    },
    Sort.MONTH: {
        1: {"all": "januar|jan", "sv": "januari", "en": "january"},
        2: {"all": "februar|feb|febr", "sv": "februari", "en": "february"},
        3: {"all": "marts|mar", "no": "mars", "en": "march"},
        4: {"all": "april|apr"},
        5: {"all": "maj", "no": "mai", "en": "may"},
        6: {"all": "juni|jun", "en": "june"},
        7: {"all": "juli|jul", "en": "july"},
        8: {"all": "august|aug", "sv": "augusti"},
        9: {"all": "september|sep|sept"},
        10: {"all": "oktober|okt|oktbr", "en": "october|oct"},
        11: {"all": "november|nov|novbr"},
        12: {"all": "december|dec|decbr", "no": "desember|des"},
    },
}
"""Words that stand for one of several: the value says which, counted from Monday and from primo."""

KINDS: Mapping[Sort, Words] = {
    Sort.LAST: {"da": "sidste", "no": "siste", "sv": "sista", "en": "last|final"},
    Sort.WINTER: {"da": "vinter|vinteren", "sv": "vintern|vinterns", "no": "vetter|vetteren", "en": "winter"},
    Sort.TURN: {"da": "årsskifte|årsskiftet|årskifte|årskiftet", "en": "turn of the year"},
    Sort.MONTH_TURN: {
        "da": "månedsskifte|månedsskiftet|månedskifte|månedskiftet",
        "sv": "månadsskifte|månadsskiftet",
        "en": "turn of the month",
    },
    Sort.WEEK: {
        "da": "uge|ugen|ugenr|ugenummer",
        "no": "uke|uken|uka|veke|veka",
        "sv": "vecka|veckan",
        "en": "week|wk",
    },
    Sort.WEEK_OF: {
        "da": "ugen der begynder|ugen startende",
        "en": "wc|w c|wb|week commencing|week beginning|week starting|week of",
    },
    Sort.WEEKEND: {"da": "weekend|weekenden", "no": "helg|helga|helgen", "en": "week end"},
    Sort.DURATION: {
        "da": "arbejdsdage|hverdage|bankdage|to uger|tre uger|to måneder|tre måneder|to dage|en uge|en måned",
        "no": "virkedager|to uker|tre uker|to måneder|én uke",
        "sv": "arbetsdagar|två veckor|tre veckor|två månader|en vecka",
        "en": "working days|one week|two weeks|three weeks|two months|three months",
    },
    Sort.QUARTER: {
        "da": "kvartal|kvartalet|kvartaler|kvartalerne|kvt|kvrt|kv|kvartals",
        "no": "kvartala",
        "sv": "kvartalen",
        "en": "quarter|quarters|qtr",
    },
    Sort.HALF_YEAR: {"da": "halvår|halvåret|halvårs", "no": "halvåret", "sv": "halvåren", "en": "half year"},
    Sort.HALF: {
        "da": "halvdel|halvdelen",
        "no": "halvpart|halvparten",
        "sv": "hälft|hälften|halva|halvan",
        "en": "half",
    },
    Sort.THIRD: {"no": "tertial|tertialet|tertialer", "da": "trimester"},
    Sort.DAYS: {
        "da": "hverdag|arbejdsdag|dag|bankdag|skoledag",
        "no": "virkedag|arbeidsdag|kvardag",
        "sv": "vardag|arbetsdag|bankdag",
        "en": "day|working day|weekday|business day",
    },
    Sort.END_OF: {
        "da": "udgangen af|udgang|udløb|udgang af|udløbet af|ved udgangen af|ved udløbet af"
        "|udgangen|med udgangen af|slutningen af|i slutningen af"
        "|hen mod slutningen af",
        "no": "utgangen av|utløpet av|utgangen|ved utgangen av|slutten av|i slutten av|mot slutten av",
        "sv": "utgången av|utgången|vid utgången av|utgånget av|slutet av|i slutet av",
        "en": "close of|end of|the end of|end",
    },
}
"""Words that need others beside them. Sort.WEEKS name weeks before numbers, and count them after a number."""

SHORT_WEEKDAYS: Mapping[int, Words] = {
    0: {"da": "man", "sv": "mån", "en": "mon"},
    1: {"da": "tir|tirs", "sv": "tis", "no": "ty", "en": "tue|tues"},
    2: {"da": "ons", "en": "wed"},
    3: {"da": "tor|tors", "en": "thu|thur|thurs"},
    4: {"da": "fre", "en": "fri"},
    5: {"da": "lør", "sv": "lör", "en": "sat"},
    6: {"da": "søn", "sv": "sön", "en": "sun"},
}

TWO_LETTER_WEEKDAYS: Mapping[str, int] = {
    "ma": 0, "må": 0, "ti": 1, "on": 2, "to": 3, "fr": 4, "lø": 5, "lö": 5, "sø": 6, "sö": 6,
}  # fmt: skip
"""Weekdays only directly before a day; "to" and "on" are English words too."""
