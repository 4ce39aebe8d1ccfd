"""What plans say about a date in Danish, Norwegian, Swedish and English; rows as in `calendar_words`."""

from collections.abc import Mapping

from service.reading.deadline.calendar_words import Words
from service.reading.deadline.sorts import Sort

PLAN_WORDS: Mapping[Sort, Words] = {
    Sort.BY: {
        "da": "udløber|senest|sendest|allersenest|frist|fristen|sidste frist|deadline"
        "|indtil|frem til|ikke senere end|op til|eller tidligere|eller før|som det seneste",
        "no": "utløper|utløp|seinast|seinest|fram til|ikke seinere enn|ikke senere enn|inntil"
        "|eller tidligere|eller før",
        "sv": "löper ut|går ut|senast|fram till|inte senare än|sista dag|eller tidigare",
        "en": "expires|expires on|closes|closing date|by|no later than|not later than"
        "|at the latest|latest|due|due by|by the|until|up to|till|due date|or earlier|or before",
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
        "en": "from|as from|starting|starting from|beginning from|commencing|earliest"
        "|not before|no earlier than|since",
    },
    Sort.AFTER: {
        "da": "efter|straks efter|umiddelbart efter|fra og efter",
        "no": "etter",
        "sv": "efter",
        "en": "after|following",
    },
    Sort.ONWARDS: {
        "da": "og frem|og fremefter|og fremad|fremad|fremover|og fremover|og fremadrettet"
        "|fremadrettet|frem|ff|eller senere|og senere|som det tidligste",
        "no": "og framover|framover|og utover|utover|eller senere|eller seinare",
        "sv": "och framåt|framåt|och framöver|framöver|eller senare",
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
        "da": "ca|cirka|omkring|omkr|forventet|forventes|forventelig|forventeligt|foreløbig"
        "|foreløbigt|foreløbige|evt|eventuelt|muligvis|formentlig|anslået|estimeret"
        "|vejledende|skønnet|nok|måske|formodentlig|ikke endelig|ikke endeligt"
        "|med forbehold|medmindre|forv|rundt om|omtrent|sandsynligvis",
        "no": "forventa|foreløpig|omlag|om lag|rundt|trolig|truleg|antatt|mulig|tentativt"
        "|kring|anslagsvis|venta|ventet",
        "sv": "preliminär|preliminärt|omkring|runt|förväntad|förväntas|troligen|kring"
        "|beräknat|beräknad|eventuellt|planeras|prel|ungefär",
        "en": "circa|approx|approximately|around|about|expected|preliminary|provisional"
        "|provisionally|tentative|tentatively|tbc|to be confirmed|estimated|likely"
        "|possibly|anticipated|indicative|target",
    },
    Sort.AWAITING: {
        "da": "afventer|ikke datosat|ej datosat|datosat|dato tilgår|tilgår|kendes ikke"
        "|annulleret|udgår|ikke relevant|afventes|afvent|følger|dato følger"
        "|følger senere|senere|fastsættes|fastsættes senere|fastlægges"
        "|fastlægges senere|aftales|aftales nærmere|nærmere aftale|nærmere dato"
        "|ikke fastlagt|ikke fastsat|ikke planlagt|endnu ikke|ikke besluttet"
        "|ikke aftalt|uafklaret|ikke afklaret|ukendt|oplyses|kommer|mangler|udestår"
        "|ingen dato|uden dato|meddeles|udmeldes|besluttes|annonceres|planlægges"
        "|udskudt|på ubestemt tid|ubestemt|hurtigst muligt|snarest|snarest muligt"
        "|efter behov|ved behov|efter nærmere aftale|efter aftale|straks"
        "|løbende afklaring|ikke kendt|uvist|dato mangler|i bero|aflyst|dato kommer"
        "|når|så snart|så hurtigt som muligt|skal aftales|skal fastsættes"
        "|skal fastlægges|afklares|datosættes",
        "no": "avventer|avventar|kommer seinere|fastsettes|fastsettes senere|fastsetjast"
        "|bestemmes|avtales|ikke bestemt|ikke fastsatt|ikke avklart|avklares|uavklart"
        "|ikkje fastsett|ikkje avklart|snarest mulig|ved behov|etter behov"
        "|etter avtale|meldes|så snart som mulig|så raskt som mulig|ikke avtalt"
        "|ikke tidfestet|ukjent",
        "sv": "avvaktar|inväntar|meddelas|meddelas senare|bestäms|bestäms senare|fastställs"
        "|fastställs senare|ej bestämt|inte bestämt|ej fastställt|ej klart|okänt"
        "|återkommer|kommer senare|vid behov|efter behov|snarast|snarast möjligt"
        "|så snart som möjligt|ej beslutat|ej planerat|datum meddelas",
        "en": "awaiting|awaits|awaited|pending|tbd|tba|t b c|t b d|t b a|to be decided"
        "|to be determined|to be agreed|to be announced|to be arranged|to be advised"
        "|to be set|not set|not fixed|not yet|unknown|undecided|asap"
        "|as soon as possible|date to follow|to follow|no date|on hold|postponed|when"
        "|once|as needed|as required|when needed|dates to follow|n a|not applicable"
        "|unscheduled|not scheduled",
    },
    Sort.RECURRING: {
        "da": "igangværende|i gang|pågår|løbende|mandage|tirsdage|onsdage|torsdage|fredage"
        "|lørdage|søndage|hverdage|indtil videre|hver|hvert|månedlig|månedligt"
        "|månedsvis|årlig|årligt|ugentlig|ugentligt|kvartalsvis|kvartalsvist"
        "|halvårlig|halvårligt|dagligt|daglig|kontinuerligt|kontinuerlig|fortløbende"
        "|gentages|tilbagevendende|jævnligt|regelmæssigt|altid|hele tiden|året rundt"
        "|hele perioden|gennem hele perioden|i måneden|hvert andet år|om året"
        "|om måneden|om ugen|gang om|gange om|gange|hele projektperioden"
        "|gennem hele projektet|i ugen før|hver anden|permanent|gang pr|to gange"
        "|gange pr|gang i|gange i|gang årligt",
        "no": "pågår|pågående|løpende|løpande|månedlig|kvar|kvart|årleg|hvert|jevnlig"
        "|jamleg|kontinuerlig|fortløpende|ukentlig|gjennom hele året|gjennom året"
        "|heile året|i måneden|hele tiden|kvartalsvis|halvårlig|daglig|gang i"
        "|ganger i|gang per|ganger per",
        "sv": "pågående|pågår|löpande|tills vidare|fortlöpande|varje|årligen|årlig"
        "|månadsvis|månatligen|kontinuerligt|kvartalsvis|veckovis|varannan|vartannat"
        "|vart|återkommande|regelbundet|dagligen|varje månad|i månaden|hela tiden"
        "|halvårsvis|gång per|gånger per|gång om|gånger om|en gång",
        "en": "in progress|underway|ongoing|until further notice|on going|continuous"
        "|continuously|continuing|monthly|annually|annual|yearly|weekly|quarterly"
        "|every|each|recurring|regularly|rolling|throughout|daily|biannually|termly"
        "|fortnightly|per month|per year|of the month|of each month|always",
    },
    Sort.THIS_YEAR: {
        "da": "året|årets|i året|hele året|i løbet af året|i årets løb|gennem hele året"
        "|over hele året|året igennem",
        "no": "i løpet av året|gjennom hele året|heile året|i løpet av hele året",
        "sv": "hela året|under året|under hela året",
        "en": "the year|year|all year|all year round|during the year|throughout the year"
        "|the whole year|whole year",
    },
    Sort.NEWER: {
        "da": "forsinket til|ændret til|rykket til|flyttet til|udsat til|udskudt til"
        "|rykkes til|flyttes til|ny dato|nyt|ny|ny frist|nu|nu planlagt til"
        "|revideret til|revideret|forlænget til|fremrykket til|nu planlagt",
        "no": "revidert|rev|nå|endret til|flyttet til|utsatt til|ny dato|ny frist"
        "|flytta til|utsett til|no er|revidert til",
        "sv": "reviderat till|reviderad|ändrat till|flyttat till|framflyttat till"
        "|nytt datum|flyttad till|uppskjutet till|ändrad till",
        "en": "now|changed to|moved to|postponed to|revised to|rescheduled to|revised"
        "|new date|extended to|brought forward to",
    },
    Sort.OLDER: {
        "da": "udskudt fra|forsinket fra|tidl|faktisk|oprindelig|oprindeligt|opr|tidligere"
        "|var|ændret fra|flyttet fra|udsat fra|opdateret|sendt|afholdt|vedtaget"
        "|godkendt|revideret d|udarbejdet|jf|jfr|jævnfør|rykket fra|afsluttet"
        "|afleveret|gennemført|udført",
        "no": "utsett fra|forsinket fra|opprinnelig|oppdatert|vedtatt|godkjent|ble|blei"
        "|endret fra|flyttet fra|utsatt fra|avholdt|sendt",
        "sv": "framflyttat från|uppskjutet från|ursprungligen|tidigare|uppdaterad|beslutat"
        "|beslutad|ändrat från|flyttat från|blev|genomförd|klart",
        "en": "postponed from|extended from|delayed from|actual|actually|originally"
        "|original|previously|was|updated|formerly|completed|approved|moved from"
        "|changed from",
    },
    Sort.LABEL: {
        "da": "fase|trin|nr|møde|pkt|punkt|etape|runde|del|version|bilag|lag|hold|spor|sag"
        "|kapitel|delmål|afsnit|milepæl|modul|lokalplan|tillæg|afd|afdeling|klasse"
        "|årgang|behandling",
        "no": "fase|trinn|møte|vedlegg|byggetrinn|sak|milepæl|kapittel|klasse|versjon",
        "sv": "fas|steg|etapp|möte|bilaga|ärende|klass|årskurs|omgång|moment",
        "en": "phase|stage|step|no|round|meeting|regulation|reg|section|part|version|item"
        "|year group|milestone|gate|lot|block",
    },
    Sort.FILLER: {
        "da": "d|den|det|de|i|på|af|for|om|ved|pr|per|dag|dagen|dato|datoen|måned|måneden"
        "|år|kalenderåret|budgetår|budgetåret|regnskabsår|regnskabsåret|finansår"
        "|perioden|periode|i løbet af|inden for|løbet af|hele|nr|tiden|mellem|imellem"
        "|begge|inkl|inklusiv|inklusive|medio ca|allerede|i perioden|tidspunkt"
        "|omgangen|kl|klokken|senest muligt|hurtigst muligt i|snarest muligt i"
        "|snarest i|hurtigst muligt efter|tidligst muligt i|så hurtigt som muligt i"
        "|så tidligt som muligt i|ugedag|dagene|begge dage|begge dage inkl"
        "|begge dage inklusive|natten|aften|aftenen|formiddag|eftermiddag|morgen"
        "|indeværende",
        "no": "av|månaden|månad|i løpet av|løpet av|innenfor|mellom|tidsrommet|i tida|tida"
        "|tiden|perioden|hele|heile|innan for|kalenderår|den|ettermiddag|kveld"
        "|så tidlig som mulig i|så snart som mulig i|ila|i l a",
        "sv": "av|under|månad|månaden|mellan|period|perioden|inom|hela|loppet av"
        "|under loppet av|dagen|tiden|datum|någon gång|så tidigt som möjligt i"
        "|så snart som möjligt i|kväll|eftermiddag|kalenderåret|den|dag",
        "en": "the|in|of|on|at|during|between|month|period|over|course|within"
        "|as early as possible in|whole|day|date|calendar year|as soon as possible in"
        "|sometime|some time|throughout the month of|in the course of|w e|week ending"
        "|inclusive|incl|evening|morning|afternoon|a|both|as at|as of|the course of",
    },
}
