"""The vocabulary of deadlines in Danish, Norwegian (both forms), Swedish and English.

A row is what a word or a phrase means; the languages stand beside each other. Phrases are separated by "|"
and written without dots ("t.o.m." is "t o m").
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import chain


class Sort(StrEnum):
    """What a token is, as the one letter by which the patterns of the grammar see it."""

    NUMBER = "n"
    ORDINAL = "o"
    LAST = "l"
    MONTH = "M"
    YEAR = "Y"
    DATE = "D"
    WEEKDAY = "W"
    WEEK = "K"
    WEEKS = "k"
    WEEK_OF = "c"
    DURATION = "u"
    QUARTER = "Q"
    HALF_YEAR = "H"
    HALF = "h"
    THIRD = "3"
    DAYS = "d"
    SEASON = "S"
    WINTER = "V"
    TURN = "A"
    SCHOOL_YEAR = "Z"
    HOLIDAY = "F"
    PART = "P"
    END_OF = "E"
    TIME = "T"
    BLANK = "x"
    DASH = "-"
    SLASH = "/"
    AND = "&"
    UNTIL = "t"
    COMMA = ","
    COLON = ":"
    OPEN = "("
    CLOSE = ")"
    BY = "b"
    BEFORE = "B"
    FROM = "f"
    AFTER = "a"
    ONWARDS = "g"
    AWAITING = "?"
    TENTATIVE = "~"
    RECURRING = "r"
    THIS_YEAR = "y"
    NEWER = "!"
    OLDER = "<"
    LABEL = "#"
    WORD = "."
    FILLER = "_"


Words = Mapping[str, str]
"""What is said in each language; "all" is what they share."""

MONTHS: Mapping[int, Words] = {
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
}

WEEKDAYS: Mapping[int, Words] = {
    0: {"da": "mandag", "no": "måndag", "en": "monday"},
    1: {"da": "tirsdag", "no": "tysdag", "sv": "tisdag", "en": "tuesday"},
    2: {"da": "onsdag", "en": "wednesday"},
    3: {"da": "torsdag", "en": "thursday"},
    4: {"da": "fredag", "en": "friday"},
    5: {"da": "lørdag", "no": "laurdag", "sv": "lördag", "en": "saturday"},
    6: {"da": "søndag", "no": "sundag", "sv": "söndag", "en": "sunday"},
}

SHORT_WEEKDAYS: Mapping[int, Words] = {
    0: {"da": "man", "sv": "mån", "en": "mon"},
    1: {"da": "tir|tirs", "sv": "tis", "no": "ty", "en": "tue|tues"},
    2: {"da": "ons", "en": "wed"},
    3: {"da": "tor|tors", "en": "thu|thur|thurs"},
    4: {"da": "fre", "en": "fri"},
    5: {"da": "lør", "sv": "lör", "en": "sat"},
    6: {"da": "søn", "sv": "sön", "en": "sun"},
}

ORDINALS: Mapping[int, Words] = {
    1: {"da": "første", "sv": "första|förste", "no": "fyrste", "en": "first"},
    2: {"da": "anden|andet", "no": "andre", "sv": "andra", "en": "second"},
    3: {"da": "tredje", "en": "third"},
    4: {"da": "fjerde", "sv": "fjärde", "en": "fourth"},
    5: {"da": "femte", "en": "fifth"},
}

LAST: Words = {"da": "sidste", "no": "siste", "sv": "sista", "en": "last|final"}

SEASONS: Mapping[int, Words] = {
    3: {"da": "forår|foråret|forårs", "no": "vår|våren", "sv": "vårens", "en": "spring|springtime"},
    6: {"da": "sommer|sommeren", "no": "sumar|sumaren", "sv": "sommar|sommaren|sommarens", "en": "summer"},
    9: {
        "da": "efterår|efteråret",
        "no": "høst|høsten|haust|hausten",
        "sv": "höst|hösten|höstens",
        "en": "autumn|fall",
    },
}

WINTER: Words = {"da": "vinter|vinteren", "sv": "vintern|vinterns", "no": "vetter|vetteren", "en": "winter"}

TURN_OF_THE_YEAR: Words = {
    "da": "årsskifte|årsskiftet|årskifte|årskiftet",
    "en": "turn of the year",
}

SCHOOL_YEAR: Words = {
    "da": "skoleår|skoleåret|studieår|studieåret",
    "no": "skoleår|skuleåret",
    "sv": "läsår|läsåret|skolår",
    "en": "academic year|school year",
}

WEEK: Words = {
    "da": "uge|ugen|ugenr|ugenummer",
    "no": "uke|uken|uka|veke|veka",
    "sv": "vecka|veckan",
    "en": "week|wk",
}

WEEKS: Words = {
    "da": "uger|ugerne",
    "no": "uker|ukene|veker|vekene",
    "sv": "veckor|veckorna",
    "en": "weeks|wks",
}
"""Before numbers they name weeks ("ugerne 20-22"), after a number they count them ("2 uger")."""

DURATION: Words = {
    "da": "dage|dages|måneder|mdr|arbejdsdage",
    "no": "dager|dagar|månader|virkedager",
    "sv": "dagar|månader",
    "en": "days|months|working days",
}

WEEK_OF: Words = {
    "da": "ugen der begynder|ugen startende",
    "en": "wc|w c|wb|week commencing|week beginning|week starting|week of",
}

QUARTER: Words = {
    "da": "kvartal|kvartalet|kvartaler|kvartalerne|kvt|kvrt|kv|kvartals",
    "no": "kvartala",
    "sv": "kvartalen",
    "en": "quarter|quarters|qtr",
}

HALF_YEAR: Words = {"da": "halvår|halvåret|halvårs", "no": "halvåret", "sv": "halvåren", "en": "half year"}

HALF: Words = {
    "da": "halvdel|halvdelen",
    "no": "halvpart|halvparten",
    "sv": "hälft|hälften|halva",
    "en": "half",
}

THIRD_OF_A_YEAR: Words = {"no": "tertial|tertialet|tertialer", "da": "trimester"}

DAYS: Words = {
    "da": "hverdag|arbejdsdag|dag|bankdag|skoledag|weekend",
    "no": "virkedag|arbeidsdag|kvardag|helg",
    "sv": "vardag|arbetsdag|bankdag",
    "en": "day|working day|weekday|business day",
}

PARTS: Mapping[int, Words] = {
    1: {
        "da": "primo|prim|start|starten|starten af|i starten af|begyndelsen|begyndelsen af"
        "|i begyndelsen af|begyndelse"
        "|først i|først på|først|tidlig|tidligt|tidligt i|tidligt på|starten på|begyndelsen på"
        "|starten på|primo i",
        "no": "byrjinga av|tidleg|i byrjinga av|i begynnelsen av|begynnelsen av|begynnelsen|starten av"
        "|tidlig i"
        "|først i|tidlig på|byrjinga|tidleg i",
        "sv": "början|början av|i början av|i början på|början på|tidigt|tidigt i|tidig|tidigt på"
        "|inledningen av"
        "|i inledningen av",
        "en": "early|early in|beginning of|start of|at the start of|at the beginning of|the beginning of"
        "|beginning|the start of|early part of",
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
}

END_OF: Words = {
    "da": "udgangen af|udgang|udløb|udgang af|udløbet af|ved udgangen af|ved udløbet af|udgangen"
    "|med udgangen af|slutningen af"
    "|i slutningen af|hen mod slutningen af",
    "no": "utgangen av|utløpet av|utgangen|ved utgangen av|slutten av|i slutten av|mot slutten av",
    "sv": "utgången av|utgången|vid utgången av|utgånget av|slutet av|i slutet av",
    "en": "close of|end of|the end of|end",
}

HOLIDAYS: Mapping[str, Words] = {
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
}

QUALIFIERS: Mapping[Sort, Words] = {
    Sort.BY: {
        "da": "senest|sendest|allersenest|frist|fristen|sidste frist|deadline|indtil|frem til"
        "|ikke senere end|op til",
        "no": "seinast|seinest|fram til|ikke seinere enn|ikke senere enn|inntil",
        "sv": "senast|fram till|inte senare än|sista dag",
        "en": "by|no later than|not later than|at the latest|latest|due|due by|by the|until|up to|till"
        "|due date",
    },
    Sort.BEFORE: {
        "da": "inden|før|forud for|forinden|inden den",
        "no": "innen|føre|før",
        "sv": "innan|före",
        "en": "before|prior to|ahead of|in advance of",
    },
    Sort.FROM: {
        "da": "fra|fra og med|fra o m|f o m|fom|tidligst|med virkning fra|gældende fra|ikke før|fra ca",
        "no": "frå|frå og med|fra og med|tidlegast|tidligst|ikkje før",
        "sv": "från|från och med|fr o m|from o m|tidigast|inte före",
        "en": "from|as from|starting|starting from|beginning from|commencing|earliest|not before"
        "|no earlier than|since",
    },
    Sort.AFTER: {
        "da": "efter|straks efter|umiddelbart efter|fra og efter",
        "no": "etter",
        "sv": "efter",
        "en": "after|following",
    },
    Sort.ONWARDS: {
        "da": "og frem|og fremefter|og fremad|fremad|fremover|og fremover|og fremadrettet|fremadrettet"
        "|frem|ff",
        "no": "og framover|framover|og utover|utover",
        "sv": "och framåt|framåt|och framöver|framöver",
        "en": "onwards|onward|and onwards|and beyond|and later|or later",
    },
    Sort.UNTIL: {
        "da": "til|til og med|t o m|tom|til o m|gennem|og indtil|og frem til",
        "no": "til og med",
        "sv": "till|till och med|t om",
        "en": "to|through|thru|up until",
    },
    Sort.AND: {
        "da": "og|samt|eller|el|hhv|henholdsvis|og evt",
        "no": "samt|eller",
        "sv": "och|respektive|eller|resp",
        "en": "and|or|and or|as well as",
    },
    Sort.TENTATIVE: {
        "da": "ca|cirka|omkring|omkr|forventet|forventes|forventelig|forventeligt|foreløbig|foreløbigt"
        "|foreløbige|evt"
        "|eventuelt|muligvis|formentlig|anslået|estimeret|vejledende|skønnet|nok|måske|formodentlig"
        "|ikke endelig"
        "|ikke endeligt|med forbehold|medmindre|forv|rundt om|omtrent|sandsynligvis",
        "no": "forventa|foreløpig|omlag|om lag|rundt|trolig|truleg|antatt|mulig|tentativt|kring"
        "|anslagsvis|venta|ventet",
        "sv": "preliminär|preliminärt|omkring|runt|förväntad|förväntas|troligen|kring|beräknat|beräknad"
        "|eventuellt"
        "|planeras|prel|ungefär",
        "en": "circa|approx|approximately|around|about|expected|preliminary|provisional|provisionally"
        "|tentative"
        "|tentatively|tbc|to be confirmed|estimated|likely|possibly|anticipated|indicative|target",
    },
    Sort.AWAITING: {
        "da": "afventer|ikke datosat|ej datosat|datosat|dato tilgår|tilgår|kendes ikke|annulleret|udgår"
        "|ikke relevant|afventes|afvent|følger|dato følger|følger senere|senere|fastsættes"
        "|fastsættes senere"
        "|fastlægges|fastlægges senere|aftales|aftales nærmere|nærmere aftale|nærmere dato|ikke fastlagt"
        "|ikke fastsat|ikke planlagt|endnu ikke|ikke besluttet|ikke aftalt|uafklaret|ikke afklaret"
        "|ukendt|oplyses"
        "|kommer|mangler|udestår|ingen dato|uden dato|meddeles|udmeldes|besluttes|annonceres|planlægges"
        "|udskudt"
        "|på ubestemt tid|ubestemt|hurtigst muligt|snarest|snarest muligt|efter behov|ved behov"
        "|efter nærmere aftale"
        "|efter aftale|straks|løbende afklaring|ikke kendt|uvist|dato mangler|i bero|aflyst|dato kommer"
        "|når|så snart|så hurtigt som muligt|skal aftales|skal fastsættes|skal fastlægges|afklares"
        "|datosættes",
        "no": "avventer|avventar|kommer seinere|fastsettes|fastsettes senere|fastsetjast|bestemmes"
        "|avtales|ikke bestemt"
        "|ikke fastsatt|ikke avklart|avklares|uavklart|ikkje fastsett|ikkje avklart|snarest mulig|ved behov"
        "|etter behov|etter avtale|meldes|så snart som mulig|så raskt som mulig|ikke avtalt"
        "|ikke tidfestet|ukjent",
        "sv": "avvaktar|inväntar|meddelas|meddelas senare|bestäms|bestäms senare|fastställs"
        "|fastställs senare|ej bestämt"
        "|inte bestämt|ej fastställt|ej klart|okänt|återkommer|kommer senare|vid behov|efter behov|snarast"
        "|snarast möjligt|så snart som möjligt|ej beslutat|ej planerat|datum meddelas",
        "en": "awaiting|awaits|awaited|pending|tbd|tba|t b c|t b d|t b a|to be decided|to be determined"
        "|to be agreed"
        "|to be announced|to be arranged|to be advised|to be set|not set|not fixed|not yet|unknown"
        "|undecided|asap"
        "|as soon as possible|date to follow|to follow|no date|on hold|postponed|when|once|as needed"
        "|as required"
        "|when needed|dates to follow|n a|not applicable|unscheduled|not scheduled",
    },
    Sort.RECURRING: {
        "da": "løbende|mandage|tirsdage|onsdage|torsdage|fredage|lørdage|søndage|hverdage|indtil videre"
        "|hver|hvert|månedlig|månedligt|månedsvis|årlig|årligt|ugentlig"
        "|ugentligt|kvartalsvis|kvartalsvist"
        "|halvårlig|halvårligt|dagligt|daglig|kontinuerligt|kontinuerlig|fortløbende|gentages"
        "|tilbagevendende|jævnligt"
        "|regelmæssigt|altid|hele tiden|året rundt|hele perioden|gennem hele perioden|i måneden"
        "|hvert andet år|om året|om måneden|om ugen|gang om|gange om|gange"
        "|hele projektperioden|gennem hele projektet|i ugen før|hver anden|permanent",
        "no": "løpende|løpande|månedlig|kvar|kvart|årleg|hvert|jevnlig|jamleg|kontinuerlig|fortløpende"
        "|ukentlig"
        "|gjennom hele året|gjennom året|heile året|i måneden|hele tiden|kvartalsvis|halvårlig|daglig",
        "sv": "löpande|tills vidare|fortlöpande|varje|årligen|årlig|månadsvis|månatligen|kontinuerligt"
        "|kvartalsvis|veckovis|varannan"
        "|vartannat|vart|återkommande|regelbundet|dagligen|varje månad|i månaden|hela tiden|halvårsvis",
        "en": "ongoing|until further notice|on going|continuous|continuously|continuing|monthly"
        "|annually|annual|yearly|weekly|quarterly|every"
        "|each|recurring|regularly|rolling|throughout|daily|biannually|termly|fortnightly|per month"
        "|per year"
        "|of the month|of each month|always",
    },
    Sort.THIS_YEAR: {
        "da": "året|årets|i året|hele året|i løbet af året|i årets løb|gennem hele året|over hele året"
        "|året igennem",
        "no": "i løpet av året|gjennom hele året|heile året|i løpet av hele året",
        "sv": "hela året|under året|under hela året",
        "en": "the year|year|all year|all year round|during the year|throughout the year|the whole year"
        "|whole year",
    },
    Sort.NEWER: {
        "da": "ændret til|rykket til|flyttet til|udsat til|udskudt til|rykkes til|flyttes til|ny dato"
        "|nyt|ny|ny frist|nu"
        "|nu planlagt til|revideret til|revideret|forlænget til|fremrykket til|nu planlagt",
        "no": "nå|endret til|flyttet til|utsatt til|ny dato|ny frist|flytta til|utsett til|no er"
        "|revidert til",
        "sv": "ändrat till|flyttat till|framflyttat till|nytt datum|flyttad till|uppskjutet till|ändrad till",
        "en": "now|changed to|moved to|postponed to|revised to|rescheduled to|revised|new date"
        "|extended to|brought forward to",
    },
    Sort.OLDER: {
        "da": "faktisk|oprindelig|oprindeligt|opr|tidligere|var|ændret fra|flyttet fra|udsat fra"
        "|opdateret|sendt|afholdt"
        "|vedtaget|godkendt|revideret d|udarbejdet|jf|jfr|jævnfør|rykket fra|afsluttet|afleveret"
        "|gennemført|udført",
        "no": "opprinnelig|oppdatert|vedtatt|godkjent|ble|blei|endret fra|flyttet fra|utsatt fra"
        "|avholdt|sendt",
        "sv": "ursprungligen|tidigare|uppdaterad|beslutat|beslutad|ändrat från|flyttat från|blev"
        "|genomförd|klart",
        "en": "actual|actually|originally|original|previously|was|updated|formerly|completed|approved"
        "|moved from|changed from",
    },
    Sort.LABEL: {
        "da": "fase|trin|nr|møde|pkt|punkt|etape|runde|del|version|bilag|lag|hold|spor|sag|kapitel"
        "|delmål|afsnit|milepæl"
        "|modul|lokalplan|tillæg|afd|afdeling|klasse|årgang|behandling",
        "no": "fase|trinn|møte|vedlegg|byggetrinn|sak|milepæl|kapittel|klasse|trinn|versjon",
        "sv": "fas|steg|etapp|möte|bilaga|ärende|klass|årskurs|omgång|moment",
        "en": "phase|stage|step|no|round|meeting|regulation|reg|section|part|version|item|year group"
        "|milestone|gate|lot|block",
    },
    Sort.FILLER: {
        "da": "d|den|det|de|i|på|af|for|om|ved|pr|per|dag|dagen|dato|datoen|måned|måneden|år"
        "|kalenderåret|budgetår"
        "|budgetåret|regnskabsår|regnskabsåret|finansår|perioden|periode|i løbet af|inden for|løbet af"
        "|hele|nr"
        "|tiden|mellem|imellem|begge|inkl|inklusiv|inklusive|medio ca|allerede|i perioden|tidspunkt"
        "|hele|omgangen"
        "|kl|klokken|senest muligt|hurtigst muligt i|snarest muligt i|snarest i|hurtigst muligt efter"
        "|tidligst muligt i"
        "|så hurtigt som muligt i|så tidligt som muligt i|ugedag|dagene|begge dage|begge dage inkl"
        "|begge dage inklusive|natten|aften|aftenen|formiddag"
        "|eftermiddag|morgen|indeværende",
        "no": "av|månaden|månad|i løpet av|løpet av|innenfor|mellom|tidsrommet|i tida|tida|tiden"
        "|perioden|hele|heile"
        "|innan for|kalenderår|den|ettermiddag|kveld|så tidlig som mulig i|så snart som mulig i|ila|i l a",
        "sv": "av|under|månad|månaden|mellan|period|perioden|inom|hela|loppet av|under loppet av|dagen"
        "|tiden|datum"
        "|någon gång|så tidigt som möjligt i|så snart som möjligt i|kväll|eftermiddag|kalenderåret|den|dag",
        "en": "the|in|of|on|at|during|between|month|period|over|course|within|as early as possible in"
        "|whole|day"
        "|date|calendar year|financial year|as soon as possible in|sometime|some time"
        "|throughout the month of"
        "|in the course of|w e|week ending|inclusive|incl|evening|morning|afternoon|a|both|as at|as of"
        "|the course of",
    },
}

NEEDS_A_NUMBER: Mapping[Sort, str] = {
    Sort.QUARTER: "q|k",
    Sort.HALF_YEAR: "h",
    Sort.WEEK: "u|v|w",
}
"""Letters that mean something only right before a number of one or two digits."""

ENGLISH_MONTHS = frozenset({"january", "february", "march", "may", "june", "july", "october", "oct"})


def _phrases(words: Words) -> Iterator[str]:
    return (phrase.strip() for phrase in chain.from_iterable(said.split("|") for said in words.values()))


def _rows() -> Iterator[tuple[Sort, int | str, Words]]:
    for sort, words in QUALIFIERS.items():
        yield sort, "", words
    for sort, table in (
        (Sort.HOLIDAY, HOLIDAYS),
        (Sort.PART, PARTS),
        (Sort.SEASON, SEASONS),
        (Sort.ORDINAL, ORDINALS),
        (Sort.WEEKDAY, WEEKDAYS),
        (Sort.MONTH, MONTHS),
    ):
        for value, words in table.items():
            yield sort, value, words
    for sort, words in (
        (Sort.LAST, LAST),
        (Sort.WINTER, WINTER),
        (Sort.TURN, TURN_OF_THE_YEAR),
        (Sort.SCHOOL_YEAR, SCHOOL_YEAR),
        (Sort.WEEK, WEEK),
        (Sort.WEEKS, WEEKS),
        (Sort.WEEK_OF, WEEK_OF),
        (Sort.DURATION, DURATION),
        (Sort.QUARTER, QUARTER),
        (Sort.HALF_YEAR, HALF_YEAR),
        (Sort.HALF, HALF),
        (Sort.THIRD, THIRD_OF_A_YEAR),
        (Sort.DAYS, DAYS),
        (Sort.END_OF, END_OF),
    ):
        yield sort, "", words


VOCABULARY: Mapping[tuple[str, ...], tuple[Sort, int | str]] = {
    tuple(phrase.split()): (sort, value) for sort, value, words in _rows() for phrase in _phrases(words)
}
LONGEST_PHRASE = max(map(len, VOCABULARY))
SHORT_WEEKDAY: Mapping[str, int] = {
    phrase: weekday for weekday, words in SHORT_WEEKDAYS.items() for phrase in _phrases(words)
}
SHORT_SORT: Mapping[str, Sort] = {
    letter: sort for sort, letters in NEEDS_A_NUMBER.items() for letter in letters.split("|")
}

_LONG_ENOUGH = 5
_MENDABLE = {
    Sort.MONTH, Sort.WEEKDAY, Sort.SEASON, Sort.WINTER, Sort.PART, Sort.QUARTER, Sort.HALF_YEAR,
    Sort.HOLIDAY, Sort.TURN,
}  # fmt: skip
MENDABLE: tuple[str, ...] = tuple(
    phrase[0]
    for phrase, (sort, _) in VOCABULARY.items()
    if len(phrase) == 1 and len(phrase[0]) >= _LONG_ENOUGH and sort in _MENDABLE
)
"""Words long enough that a slip of the pen in them can be told from another word."""
