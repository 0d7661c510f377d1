"""Absences in Czech and Slovak, Hungarian, Romanian, Finnish, Turkish and Ukrainian."""

from __future__ import annotations

from mailer.languages.reply_words import AbsenceWords

CZECH_AND_SLOVAK = AbsenceWords(
    months=(
        "ledna leden januara",
        "unora unor februara",
        "brezna brezen",
        "dubna duben",
        "kvetna kveten",
        "cervna cerven juna",
        "cervence cervenec jula",
        "srpna srpen augusta",
        "zari septembra",
        "rijna rijen oktobra",
        "listopadu novembra",
        "prosince prosinec decembra",
    ),
    day_suffix=r"\.",
    weekdays="pondeli utery stredu ctvrtek patek sobotu nedeli",
    between="budu|se|sa|opet|znovu|zpet|v|ve|do|dne|prace|praci|kancelari|redakce|redakci|dovolene|od|az|pondeli|utery|stredu|ctvrtek|patek|pondelok|utorok|stvrtok|piatok",
    back="vratim se|vracim se|vratim sa|vraciam sa|navrat|(?:opet|znovu) (?:v praci|k dispozici|v kancelari)|zpet|budu (?:opet|znovu|zpet)|budem opat",
    back_behind="(?:se vratim|se vracim|sa vratim|sa vraciam|budu (?:opet|znovu|zpet)|budem opat)",
    until="do(?= @)|do konce",
    span="",
    joiner="do|az",
    starting="od",
    answers="odpovim|odpoviem|k dispozici",
    after="po",
    tomorrow="zitra",
    this_week="tento tyden",
    next_week="pristi tyden",
    left=(
        r"(?:jiz|uz)(?: [^\s.!?]+){0,5} ne(?:pracuj|spolupracuj|pusob)\w*|ne(?:pracuj|spolupracuj|pusob)\w* (?:jiz|uz|viac)"
        r"|(?:jiz|uz) (?:\w+ ){0,2}(?:nejsem|neni|nie je|nie som) (?:\w+ ){0,3}(?:zamestnan\w+|redaktor\w*|clen\w*|soucast\w*)"
        r"|ukoncil\w* (?:\w+ ){0,3}(?:pomer|spolupraci|spolupracu|cinnost)|ode(?:sel|sla) (?:jsem )?(?:do|z)\b|odis(?:iel|la) (?:som )?(?:do|z)\b"
        r"|v duchodu|na dochodku|nova (?:e-?mailova )?adresa|zemrel\w*|zomrel\w*|opustil\w* (?:redakci|firmu|redakciu)"
        r"|(?:adresa|schranka|ucet)\b[^.!?]{0,40} (?:zrusen\w?|neexistuje|neplatn\w|uzavren\w?|smazan\w?|neni (?:jiz |uz )?(?:platn\w|aktivn\w|pouziv\w+))"
        r"|byval\w (?:zamestnan\w+|redaktor\w*)"
    ),
    not_left="dnes|zitra|do (?:konce|pondeli|utery|@)|tento tyden|dovolen\\w*|vikend\\w*|v (?:patek|sobotu|nedeli)|kancelar\\w*",
)
HUNGARIAN = AbsenceWords(
    months=(
        "januar",
        "februar",
        "marcius",
        "aprilis",
        "majus",
        "junius",
        "julius",
        "augusztus",
        "szeptember",
        "oktober",
        "november",
        "december",
    ),
    day_suffix=r"\.?-?(?:en|an|tol|i)",
    weekdays="hetfon kedden szerdan csutortokon penteken szombaton vasarnap",
    between="hetfon|kedden|szerdan|csutortokon|penteken",
    back="visszaterek|visszajovok|ujra elerheto",
    back_behind="(?:\\w+ )?(?:terek vissza|jovok vissza|vagyok ujra|leszek (?:ujra|ismet)|ujra elerheto\\w*|ismet elerheto\\w*)",
    until="",
    span="",
    joiner="",
    left=(
        r"mar nem (?:\S+ ){0,4}(?:dolgoz\w+|munkatars\w*)|nem dolgoz\w+ (?:mar|tobbe|tovabb)|tobbe (?:mar )?nem dolgoz\w+"
        r"|nyugdij\w*|tavozott|kilepett|elhunyt|(?:cim|postafiok)\w*\b[^.!?]{0,40} (?:megszunt|mar nem (?:el|mukodik|hasznal\w*))|uj e-?mail-? ?cim\w*"
    ),
    not_left="ma mar|mai nap|heten\\b|szabadsag\\w*|irodabol",
)
ROMANIAN = AbsenceWords(
    months=(
        "ianuarie",
        "februarie",
        "martie",
        "aprilie",
        "mai",
        "iunie",
        "iulie",
        "august",
        "septembrie",
        "octombrie",
        "noiembrie",
        "decembrie",
    ),
    day_suffix="",
    weekdays="luni marti miercuri joi vineri sambata duminica",
    between="pe|data|de|la|birou|in|luni|marti|miercuri|joi|vineri|redactie|din|concediu",
    back="ma intorc|ma voi intoarce|revin|voi reveni",
    back_behind="(?:ma intorc|revin|voi reveni)",
    until="pana (?:pe|la|in)|pana",
    span="",
    joiner="pana (?:pe|la)|pana",
    left=(
        r"nu mai (?:lucr\w+|fac parte|face parte|colabor\w+|sunt (?:angajat\w*|redactor\w*)|este (?:angajat\w*|activ\w*|valabil\w*|folosit\w*))"
        r"|iesit la pensie|pensionat\w*|a parasit|adresa\b[^.!?]{0,30} nu mai (?:exista|este)|decedat\w*|noua (?:mea )?adresa"
    ),
    not_left="azi\\b|astazi|pana|saptamana|concediu|birou\\w*",
)
FINNISH = AbsenceWords(
    months=(
        "tammikuuta",
        "helmikuuta",
        "maaliskuuta",
        "huhtikuuta",
        "toukokuuta",
        "kesakuuta",
        "heinakuuta",
        "elokuuta",
        "syyskuuta",
        "lokakuuta",
        "marraskuuta",
        "joulukuuta",
    ),
    day_suffix=r"\.",
    weekdays="maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
    between="toihin|tyohon|toimistolle|maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina",
    back="palaan",
    back_behind="palaan",
    until="",
    span="",
    left=(
        r"(?:en|ei) (?:enaa )?(?:\S+ ){0,2}(?:tyoskentele|ole toissa)(?: \S+){0,3} enaa|(?:en|ei) enaa (?:\S+ ){0,3}(?:tyoskentele|ole (?:\S+ ){0,2}palveluksessa)|(?:en|ei) tyoskentele enaa"
        r"|elakkeel\w+|osoite\w*\b[^.!?]{0,30} (?:ei ole enaa|poistettu|lakkautettu)|(?:on|olen) (?:lopettanut|lahtenyt|siirtynyt)"
    ),
    not_left="tanaan|lomal\\w+|viikol\\w+|toimistolta",
)
TURKISH = AbsenceWords(
    months=(
        "ocak",
        "şubat subat",
        "mart",
        "nisan",
        "mayıs mayis",
        "haziran",
        "temmuz",
        "ağustos agustos",
        "eylul",
        "ekim",
        "kasım kasim",
        "aralık aralik",
    ),
    day_suffix="",
    between="tarihinde|gunu|pazartesi|salı|çarsamba|carsamba|persembe|cuma",
    back="",
    back_behind="(?:'?[td][ae] )?(?:tarihinde |gunu )?(?:pazartesi |salı |carsamba |persembe |cuma )?(?:gunu )?(?:geri )?(?:donecegim|donuyorum|ofiste olacag[iı]m)",
    until="",
    span="",
    left=(
        r"art[iı]k (?:\S+ ){0,4}cal[iı]sm[iı]yor\w*|(?:gorev|kurum|gazete|sirket|is|ekib)\w{0,6} ayr[iı]ld\w+|emekli ol\w+|vefat"
        r"|(?:adres|hesap|posta kutusu)\w*\b[^.!?]{0,40} (?:kapat[iı]l\w+|kullan[iı]lm[iı]yor|gecersiz)|yeni (?:e-?posta )?adresim"
    ),
    not_left="bugun|ofisten|izin\\w*|hafta",
)
UKRAINIAN = AbsenceWords(
    months=(
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ),
    day_suffix="-?го",
    weekdays="понеділок вівторок середу четвер п'ятницю суботу неділю",
    between="на|в|у|з|до|роботу|роботи|офіс|відпустки|понеділок|вівторок|середу|четвер|п'ятницю",
    back="повернусь|повернуся|повертаюсь|повертаюся|буду (?:на роботі|на зв'язку|в офісі)",
    back_behind="(?:повернусь|повернуся|повертаюсь|повертаюся|буду (?:на роботі|на зв'язку|в офісі))",
    until="до|по",
    span="",
    joiner="до|по",
    starting="з",
    answers="відповім",
    after="після",
    tomorrow="завтра",
    left=(
        r"(?:більше|вже) не (?:працю\w+|співпрацю\w+|є)|не працю\w+ (?:більше|вже)|звільни\w+|звільнен\w*|на пенсі\w|пішо?ла? на пенсію|помер\w*|нова адреса"
    ),
    not_left="сьогодні|завтра|до кінця|відпуст\\w+|тижн\\w+|вихідн\\w+",
)

FURTHER_ABSENCES = (CZECH_AND_SLOVAK, HUNGARIAN, ROMANIAN, FINNISH, TURKISH, UKRAINIAN)
