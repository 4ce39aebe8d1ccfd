"""The words the grammar of responsible cells knows: Danish first, then Norwegian, Swedish and English."""

import re


def _any_of(*words: str) -> str:
    """An alternation of all words in the given lines, the longest first so that no word hides another."""
    each = sorted(
        {word.replace("_", r"\s+") for line in words for word in line.split()}, key=len, reverse=True
    )
    return "(?:" + "|".join(each) + ")"


# Fields of work. Two of them joined by "og" are the name of one department ("Plan, Miljø og Teknik").
TOPICS = re.compile(
    _any_of(
        "affald affalds almen anlæg analyse arbejdsmarked arbejdsmarkeds arealer arkiv arkitektur",
        "beredskab beskæftigelse beskæftigelses bevægelse bibliotek bolig bolig(?:er)? borgere?",
        "borgerservice bosætning budget by byer byggeri byg byplan byudvikling byrum børn børne",
        "bæredygtighed dagtilbud dagtilbuds demokrati digital digitalisering drift dokumentation",
        "ejendom(?:me|s)? energi erhverv erhvervs familie[rs]? finans finanser fiskeri forebyggelse",
        "forskning forsyning(?:s)? forvaltning fritid fritids frivillighed fødevarer genoptræning geodata",
        "handicap havn helse hr idræt(?:s)? indkøb indsats innovation integration(?:s)? it job jura jord",
        "kirke klima kommunikation kontrakter? kultur kulturarv kvalitet kyst land landbrug",
        "landdistrikt(?:er|s)? landskab ledelse ligestilling lokalsamfund løn læring marked miljø",
        "mobilitet myndighed natur nærdemokrati næring økonomi omsorg(?:s)? omstilling oplevelse[rs]?",
        "opvækst organisation park parker personale politik plan planlægning presse proces projekter",
        "psykiatri rehabilitering regnskab rekruttering ressourcer råstoffer samfund sekretariat service",
        "sikkerhed skat skole(?:r)? skov social sociale socialområdet sprog strategi stab stabe",
        "studie(?:r)? sundhed(?:s)? teknik tilsyn trafik transport tryghed turisme uddannelse(?:s)? udbud",
        "udvikling(?:s)? undervisning(?:s)? ungdom(?:s)? unge vand vedligehold vej veje vejledning",
        "velfærd(?:s)? voksn?e vækst ydelse[rs]? ældre(?:s)? ældreområdet arbeid barn barne bygg eiendom",
        "flyktninger forebygging idrett kommunalteknikk landbruk lønn mangfold oppvekst oppvekst-",
        "opplæring regnskap reiseliv samferdsel samferdsle skule teknikk teknisk utdanning utbygging",
        "utvikling vei velferd vann avløp integrering inkludering arbetsmarknad bibliotek bostad ekonomi",
        "exploatering fastighet förskola hälsa hälsoskydd idrott individ klimat kommunikation kvalitet",
        "mark miljö myndighet näringsliv park räddning samhälle samhällsbyggnad skola stöd säkerhet",
        "trygghet utbildning utveckling vuxna vård äldre äldreomsorg audit communications? culture",
        "development education employment environment estates? finance growth health heritage housing",
        "innovation leisure learning operations planning policy procurement regeneration research",
        "resources safety skills sport strategy sustainability teaching technology tourism transport",
        "welfare wellbeing",
    ),
    re.IGNORECASE,
)
# Abbreviated fields that are also parties of their own: two of them side by side are two ("HR og IT").
SHORT_TOPICS = frozenset({"hr", "it"})

# A compound word ending so lends its unit to the topics before it: "Teknik, Plan og Landdistriktsudvalget".
UNIT_COMPOUND = re.compile(
    r"[\w-]{2,}"
    + _any_of(
        "udvalg(?:et|ene)? forvaltning(?:en|er)? afdeling(?:en)? center cent(?:eret|ret)",
        "sekretariat(?:et)? nævn(?:et)? ministerium ministeriet direktorat(?:et)? styrelsen? råd(?:et)?",
        "kontor(?:et)? stab(?:en)? chef(?:en)? direktør(?:en)? område(?:t)? hus(?:et)? team(?:et)?",
        "utvalg(?:et)? avdeling(?:en|a)? departement(?:et)? nemnd(?:a)? etat(?:en)? sjef(?:en)?",
        "seksjon(?:en)? nämnd(?:en)? förvaltning(?:en)? avdelning(?:en)? utskott(?:et)? kontoret",
    ),
    re.IGNORECASE,
)
# ... but not where the whole is a body that stands alone, whatever its first half looks like.
STANDALONE_BODY = re.compile(
    _any_of(
        "by kommune kommunal lands amts regions menigheds provsti skole samarbejds hoved fag formandskabs",
        "forretnings økonomi ældre(?=råd) handicap(?=råd) elev medarbejder bydels lokal bruger",
        "stift(?:s)? formann bystyre borger_?",
    )
    + "(?:råd(?:et)?|bestyrelsen?|udvalg(?:et|ene)?|udvalg|styret?|ska[bp](?:et)?)",
    re.IGNORECASE,
)

# After these fields of work belong to the name: "Center for Kultur og Fritid", "Head of Planning and Growth".
HEAD = re.compile(
    r"\b(?:\w*"
    + _any_of(
        "udvalg udvalget udvalgene center centeret centret centeret afdeling afdelingen forvaltning",
        "forvaltningen direktør direktøren chef chefen leder lederen formand formanden enhed enheden",
        "område området rådet råd ministeriet styrelsen institut instituttet fakultetet nævnet",
        "kommission kommissionen sekretariatet kontoret foreningen team teamet stab staben konsulent",
        "magistratsafdelingen nævn råd ordfører rådmand rådmanden utvalg utvalget avdeling avdelingen",
        "avdelinga direktoratet departementet etaten kommunalsjef sjef seksjon seksjonen nämnden nämnd",
        "avdelningen avdelning förvaltningen chefen enheten enhet sektion sektionen",
    )
    + r"\s+(?:for|för|av|vedr\.?)|(?P<government>"
    + _any_of("department_for ministry_of office_for")
    + ")|"
    + _any_of(
        "department directorate office committee director head ministry institute faculty school board",
        "chair vice-chair minister secretary bureau division manager lead dean council cabinet_member",
        "portfolio_holder",
    )
    + r"\s+(?:of|for))\b",
    re.IGNORECASE,
)

# What is a company, a public body or a union as a whole, so that a department behind a comma is its own.
ORGANISATION = re.compile(
    _any_of(
        r"kommune kommun region universitet högskola høgskole høyskole university foreningen forbundet",
        r"fylkeskommune danmark norge sverige a/s as ab aps",
        r"\w+(?:universitet|selskab|forening|forbund|kommune)",
    ),
    re.IGNORECASE,
)
# A department of somebody larger, at the start or the end of its name.
DEPARTMENT = re.compile(
    r"\w*"
    + _any_of(
        "afdeling(?:en)? center centeret centret fakultet(?:et)? institut(?:tet)? forvaltning(?:en)?",
        "sekretariat(?:et)? kontor(?:et)? enhed(?:en)? stab(?:en)? avdeling(?:en|a)? seksjon(?:en)?",
        "institutt(?:et)? enhet(?:en)? avdelning(?:en)? förvaltning(?:en)? institution(?:en)? sektion(?:en)?",
        "department faculty division unit section directorate",
    ),
    re.IGNORECASE,
)

# What ends an English unit's name; the words before it, "and" included, are its field.
ENGLISH_UNIT = re.compile(
    _any_of(
        "committee sub-?committee board team department directorate panel office group council division",
        "unit forum commission section centre center service services faculty school branch",
    ),
    re.IGNORECASE,
)
# English words that are a party by themselves, so that a unit after "and" is another one.
ENGLISH_PARTY = re.compile(
    r"the|an?|all|each|every|relevant|"
    + _any_of(
        r"\w{3,}(?:ers?|ors?|ants?|ists?|ees?|men|man) cabinet senate court executive students? members"
        r" schools faculties",
        "departments residents teachers parents people clerk dean deans chair council chief head heads",
        "governors registry secretariat university college parish town county district services trust",
        "ministry chief_executive secretary academics? applicants? clients? sponsors? leads?",
        "representatives? stakeholders? tenants? landlords? university parliament government association",
        "society company agency police nhs consultants? registrars? bursars?",
    ),
    re.IGNORECASE,
)

# How a government's field of work ends, and a name does not: "Department for Business and Trade".
GOVERNMENT_FIELD = re.compile(
    r"\w*(?:"
    + _any_of(
        r"\w\wy ing ion ment ness ance ence ship care ure age ism ice s art law work trade",
        "data food media design legal children communities youth power water zero support science home",
    )
    + ")",
    re.IGNORECASE,
)

# Meetings, hearings and readings: what the party does there, never a party.
EVENT = re.compile(
    r"\b(?:\w*"
    + _any_of(
        "møde mødet møder møter møte møtet seminar seminaret workshop workshoppen behandling behandlingen",
        "høring temadag temadrøftelse samling drøftelse orientering beslutning godkendelse vedtagelse",
        "møte høyring høringa godkjenning orientering vedtak möte mötet sammanträde sammanträdet",
        "behandling beredning beslut remiss meeting meetings hearing session reading decision approval",
        "seminar workshop",
    )
    + r"|frist|deadline|dagsorden|indstilling|ordinære?t?|ekstraordinære?t?|extraordinary|"
    r"forventet|foreløbigt?)" + r"(?!\w)",
    re.IGNORECASE,
)
# A part after a comma that starts so tells when, where or how, not who.
NOTE_START = re.compile(
    _any_of(
        "efter på i inden fra til senest dog hvor hvis når der som under jf\\.? ved forud undtagen ca\\.",
        "d\\. den derefter herefter løbende evt\\._efter ifm\\.? ift\\.? mhp\\.? pga\\.? såfremt",
        "hvorefter inklusiv_møde etter før innen dersom om ved vid så före efter inom när from at after",
        "before by until if when where on",
    )
    + r"(?![\w-])",
    re.IGNORECASE,
)
CLOCK_OR_DATE = re.compile(
    r"(?:\b(?:kl\.?|klokken|klokka|at|d\.|den)\s*)?\b\d{1,2}"
    r"(?:[.:]\d{2}|/\d{1,2}|\.?\s*(?:jan|feb|mar|apr|ma[ij]|jun|jul|aug|sep|okt|oct|nov|de[cs])\w*)"
    r"(?:[-–\s]+\d{1,2}[.:]\d{2})?.*$"
    r"|\b(?:kl\.?|klokken|klokka)\s*\d.*$",
    re.IGNORECASE,
)

# Some people of a place: "tjänstemän från kommunen och regionen".
PEOPLE_FROM = re.compile(
    _any_of(
        "repræsentanter medarbejdere medlemmer deltagere ansatte embedsmænd personer representanter",
        "medarbeidere medlemmer deltakere tilsatte representanter medarbetare tjänstemän deltagare",
        "representatives members staff officers",
    )
    + r"\s+(?:fra|af|från|av|from|of)\s+\S+$",
    re.IGNORECASE,
)
# What begins the name of a body and no person's: "Dansk Byggeri".
NATIONAL = re.compile(
    _any_of("dansk[e]? norsk[e]? svensk[at]? nordisk[e]? national[et]? fælles det den de the"), re.IGNORECASE
)

# An office that one person holds, without article as in a note: "sekretær", "økonomichef".
OFFICE = re.compile(
    r"\w*"
    + _any_of(
        "formand sekretær kasserer leder chef direktør konsulent koordinator rådgiver inspektør vejleder",
        "medarbejder kirkeværge tovholder leiar sjef rektor ordfører veileder saksbehandler",
        "ordförande sekreterare ledare handläggare samordnare chair secretary treasurer clerk officer",
        "manager director coordinator jurist arkitekt ingeniør ingenjör planlægger læge dekan provst",
    ),
    re.IGNORECASE,
)

# Finite verbs of process plans: what follows one tells the task, what stands before it is the party.
VERB = re.compile(
    _any_of(
        "skal kan vil bør må er har får aftaler afgiver afholder afleverer afsender ajourfører anmoder",
        "annoncerer arrangerer beder bekræfter bestiller beslutter bidrager bistår deltager drøfter",
        "effektuerer faciliterer fastlægger foretager forbereder foreslår forelægger formidler fremlægger",
        "fremsender fremsætter færdiggør følger gennemfører gennemgår giver godkender hjælper holder",
        "igangsætter indberetter indgiver indhenter indkalder indsamler indsender indstiller informerer",
        "inviterer justerer koordinerer kommenterer kontakter kontrollerer kvalitetssikrer laver leverer",
        "lægger modtager melder offentliggør opdaterer oplyser opretter orienterer planlægger præsenterer",
        "projekterer udtaler høres inddrages involveres orienteres informeres indkaldes inviteres informeras",
        "påbegynder redigerer referer rådgiver samler sammenfatter sender sikrer skriver sørger sætter",
        "tager tilretter træffer tiltræder udarbejder udfylder udfører udpeger udsender udvælger",
        "underskriver uploader varetager varsler vedtager vælger vurderer behandler bliver behandler",
        "bestemmer fastsetter følger forbereder godkjenner gjennomfører gjør innkaller innhenter",
        "innstiller kunngjør kvalitetssikrer legger lager leverer melder mottar oppnevner orienterer",
        "oversender sender setter skriver tar utarbeider utfører vedtar varsler vurderer ska behöver",
        "bereder beslutar bjuder fastställer fattar föreslår genomför godkänner inbjuder informerar",
        "kallar lämnar lägger meddelar ansvarar planerar publicerar remitterar samlar sammanställer",
        "samordnar skickar skriver sänder tar utarbetar upprättar yttrar överlämnar behandlar will shall",
        "should must may is are has have agrees? approves? arranges? attends? completes? confirms?",
        "considers? coordinates? decides? drafts? ensures? holds? issues invites? makes? meets? notifies",
        "organi[sz]es? prepares? presents? produces? provides? publishes receives? reports recommends?",
        "reviews sends signs submits? updates writes",
    ),
    re.IGNORECASE,
)
# A verb that is not on the list is told by its place: after a noun with its article comes what it does.
DEFINITE_NOUN = re.compile(r"\w{3,}(?:en|et|ne|rna|eren)", re.IGNORECASE)
# Plural nouns end like it: "organisationer".
PRESENT_TENSE = re.compile(
    r"(?!(?:efter|etter|eller|heller|under|over|över|together|other)$)(?!\w*(?:tion|ning|hed|skab|els)er$)\w{3,}(?:er|ar)"
)
PASSIVE = re.compile(
    r"^(?:\w+(?:es|as)\s+(?:af|av|i|til|till|hos)|(?:\w+ed|led|written|held)\s+by)\s+(?P<agent>\S.*)$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:"
    + _any_of(
        "ansvarlige?r? ansvar ansvarig[at]? tovholdere? deltagere? deltakere? deltagare udføres_af primær",
        "sekundær hvem responsible owner lead participants ansvarshavende kontaktperson",
        "projektleder(?=:\\s*\\w+_\\w) udvalg forum instans enhed afdeling",
        "forventes forventet evt\\.? eventuelt",
    )
    + r")\s*:\s*(?=\S)",
    re.IGNORECASE,
)

# The whole cell says that nobody is named yet.
_TO_COME = _any_of(
    "aftales afklares afgøres besluttes bestemmes fastlægges fastsættes udpeges fordeles meddeles",
    "oplyses avtales avklares fastsettes utpekes oppnevnes meddelas avtalas avklaras bestäms fastställs",
    "utses beslutas afventer avventer avvaktar inväntar følger udestår awaits? awaiting pending kommer",
    "tilgår",
)
_DONE = _any_of(
    "aftalt afklaret besluttet fastlagt fastsat udpeget afgjort bestemt kendt relevant angivet valgt",
    "avklart avtalt fastsatt utpekt bestämt fastställt beslutat klart utsedd avklarat assigned decided known",
    "agreed allocated confirmed applicable appointed",
)
_NOBODY = _any_of(
    r"tb[adc] n\.?\s*/?\s*a\.? n\.?\s?n\.? ingen ingen_ansvarlig none nobody no\s?one ukendt ukjent",
    r"okänd unknown vakant vacant ubesat mangler saknas tom blank x{2,} senere senare later",
    r"under_(?:afklaring|avklaring|utredning)",
)
UNASSIGNED = re.compile(
    rf"(?:det\s+)?{_TO_COME}\b.*"
    rf"|(?:\w+\s+)?(?:ansvarlige?|ansvar|tovholder|deltagere)\s+{_TO_COME}\b.*"
    rf"|(?:endnu\s+)?(?:ikke|ikkje|ej|inte|ännu\s+inte|not(?:\s+yet)?)\s+(?:\w+\s+)?{_DONE}.*"
    r"|to\s+be\s+(?:\w+\s+)?(?:announced|agreed|confirmed|decided|determined|assigned|advised|appointed).*"
    rf"|{_NOBODY}|[\W_]*",
    re.IGNORECASE,
)
# Abbreviations that keep their full stop.
ABBREVIATED = re.compile(
    r"(?:\w*"
    + _any_of(
        "org adm admin afd avd avdl komm kom kommun sekr dir best forv udv utv tekn inst fak ansv ass",
        "repr min distr reg kons kont enh sekt fmd nfmd vicedir adv ing ark mv gr dept cttee comm",
    )
    + r")\.",
    re.IGNORECASE,
)
# How the names of bodies and offices end.
BODY_ENDING = re.compile(
    r".*(?:"
    + _any_of(
        "kommunen? kommuner(?:ne)? fonden? selskab(?:et)? skolen bestyrelser?n? tionen tionerne",
        "formand(?:en)? direktion(?:en)? direktør(?:en)? borgmester(?:en)? revisor ordførar(?:en)?",
        "ordfører(?:en)? styret fullmäktige styrelsen rådet udvalgene leder(?:en)? chef(?:en)?",
        "entreprenør(?:en)? leverandør(?:en)? ingeniør(?:en)? arkitekt(?:en)? rådgiver(?:en)? bygherren?",
        "kasserer(?:en)? sekretær(?:en)? kirkeværgen? provst(?:en)? præst(?:en)? gruppen? ledelsen?",
        "forening(?:en|er)? klub(?:ben)? rektor rådmannen direktøren beboere ansatte byggherre",
        "sjef(?:en)? konsulent(?:er)? parter udvalg(?:et)? utvalg(?:et)? center(?:et)? regionen? rne",
        "fakultet(?:et)?",
    )
    + ")",
    re.IGNORECASE,
)
