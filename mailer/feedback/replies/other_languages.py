"""Absences in languages that the program does not write, but its correspondents do."""

from __future__ import annotations

from mailer.languages.reply_words import AbsenceWords

GERMAN = AbsenceWords(
    months=(
        "januar janner jan",
        "februar feb",
        "marz maerz",
        "april apr",
        "mai",
        "juni",
        "juli",
        "august aug",
        "september sept",
        "oktober okt",
        "november nov",
        "dezember dez",
    ),
    day_suffix=r"\.",
    weekdays="montag dienstag mittwoch donnerstag freitag samstag sonntag",
    between=(
        "aus|von|urlaub|reise|dienstreise|meine[mr]|bin|ich|ist|fur|geplant|ab|am|dem|den|der|zum|zu|einschliesslich|einschl|inklusive|inkl|kommenden"
        "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    ),
    back="wieder (?:da|erreichbar|im (?:buro|haus|dienst))|zuruck|ruckkehr|wieder|bin wieder|kehre",
    back_behind=r"(?:(?:aus|von|vom) (?:(?:dem|der|den|meine[mr]) )?\w+ )?(?:\w+ )?(?:bin ich )?(?:wieder|zuruck|kehre)",
    until="bis zum|bis|bis einschliesslich",
    span="",
    joiner="bis zum|bis einschliesslich|bis",
    starting="ab dem|ab|am|vom",
    answers="beantworte|antworte|melde mich|erreichbar|lese|bearbeite|kummere|(?:be)?antworten",
    after="nach dem",
    tomorrow="morgen wieder|ab morgen",
    whole_month="ganzen ",
    this_week="diese(?:r)? woche",
    next_week="(?:nachste|kommende)n? woche",
    left=(
        r"(?:arbeite|arbeitet) nicht mehr"
        r"|nicht (?:mehr|langer) (?:\w+ ){0,6}(?:tatig|beschaftigt|angestellt|arbeite\w*|mitarbeiter\w*|mitglied|zur verfugung|zustandig|ansprechpartner\w*"
        r"|gultig|gueltig|aktiv|verwendet|genutzt|benutzt|abgerufen|gelesen|betreut|teil)"
        r"|nicht mehr (?:bei|fur|im unternehmen|in unsere\w*|unter dieser)"
        r"|(?:habe|hat) (?:[\w.]+ ){0,5}verlassen|(?:verlag|haus|sender|unternehmen|redaktion|zeitung|firma) verlassen (?:habe|hat)|ausgeschieden|ausgetreten"
        r"|ruhestand|pensioniert|in rente|in pension|rentner\w*"
        r"|neue (?:e-?mail-?adresse|mailadresse|adresse[^.!?]{0,30}@)|(?:e-?mail-?)?adresse hat sich geandert"
        r"|neue (?:e-?mail-?)?adresse (?:lautet|ist)|letzter (?:arbeits)?tag|trauern um|nachruf|nicht langer"
        r"|(?:e-?mail-?)?(?:adresse|postfach|konto) (?:\w+ ){0,3}(?:geschlossen|deaktiviert|abgeschaltet|geloscht)"
        r"|ehemalige[nrs]? (?:mitarbeiter|kolleg|redakteur)\w*|\bnachfolger(?:in)?\b"
        r"|arbeitet (?:seit|jetzt|nun|inzwischen) (?:\w+ )?(?:bei|beim|fur)\b"
        r"|(?:zeitschrift|magazin|zeitung|blatt|sendung|redaktion|ausgabe) (?:\w+ ){0,3}eingestellt|gehor(?:e|t|en) [^.!?]{1,40} nicht mehr an\b|verstorben|gewechselt|neue stelle|neuen arbeitgeber"
        r"|(?:habe|hat) (?:\w+ ){0,3}gekundigt|(?:bei|fur|zu) einem anderen (?:verlag|sender|arbeitgeber|unternehmen|blatt)"
        r"|(?:vertrag|anstellung|praktikum|arbeitsverhaltnis|volontariat|tatigkeit)\b[^.!?]{0,40} (?:ausgelaufen|beendet|geendet|endet|abgelaufen|zu ende)"
        r"|(?:adresse|postfach|konto) wird (?:[\w.]+ ){0,4}(?:geschlossen|abgeschaltet|geloscht|aufgelost)"
    ),
    not_left="heute|buro|am platz|bis (?:zum )?|wieder|morgen|diese woche|montags|dienstags|mittwochs|donnerstags|freitags|wochenende|nach \\d|gebaude|anschrift|umgezogen|umzug|raumlichkeiten",
)
SPANISH = AbsenceWords(
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre setiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    day_suffix="",
    weekdays="lunes martes miercoles jueves viernes sabado domingo",
    between="de|el|al|del|dia|a|la|oficina|proximo|lunes|martes|miercoles|jueves|viernes|sabado|domingo|en|vacaciones|mi|mis|viaje|permiso|trabajo|previsto|sera|esta|para",
    back="de vuelta|volviendo|regresando|reincorporandome|vuelvo|volvere|volvera|regreso|regresare|reincorporo|reincorporare|estare de regreso",
    back_behind="(?:ya )?(?:estare|estoy) de (?:vuelta|regreso)|(?:vuelvo|volvere|regreso|regresare)",
    until="hasta el|hasta",
    span="",
    joiner="al|hasta el|y el",
    starting="a partir del|desde el|el",
    answers="respondere|contestare|atendere|(?:responder|contestar|atender)(?:te|les?|os)|disponible",
    after="despues del",
    tomorrow="manana",
    this_week="esta semana",
    next_week="(?:la )?(?:proxima semana|semana que viene)",
    left=(
        r"ya no (?:trabaj\w+|form\w+ parte|pertene\w+|labor\w+|soy|es (?:valid\w|correcta)|existe|esta (?:activ\w|en uso|disponible|operativ\w)"
        r"|estoy en (?:la empresa|el periodico)|se (?:usa|utiliza|lee|consulta|revisa|atiende))"
        r"|(?:he|ha) dejado|deje (?:la|el) (?:empresa|redaccion|periodico|cargo|puesto)"
        r"|caus(?:ado|o|e) baja|sucesora?\b|(?:antigu[oa]|ex)[ -]?(?:emplead|trabajador|colaborador|companer)\w*"
        r"|ya no esta en (?:esta|la|nuestra|el) (?:redaccion|empresa|casa|periodico|plantilla|diario|radio)"
        r"|ultimo dia (?:en|de trabajo)|fallecimiento|nuevo (?:trabajo|puesto|empleo)|jubilad[oa]|jubilacion|jubilo|nueva direccion(?: de correo| electronica|[^.!?]{0,20}@)|fallecid[oa]|ha fallecido"
        r"|(?:he|ha) cambiado de (?:trabajo|puesto|empresa|direccion|correo)|desvinculad[oa]"
        r"|(?:deje|dejo|abandone|abandono) (?:mi|su|el|la) (?:puesto|cargo|empresa|trabajo|redaccion|periodico)|renunci(?:e|o|ado)\b"
        r"|contrato\b[^.!?]{0,40} (?:termin\w+|finaliz\w+|acab\w+|vencid\w+)"
    ),
    not_left="hoy|oficina|movil|telefono|en casa|hasta|esta semana|vuelvo|regreso|fin de semana|los (?:lunes|viernes)|oficinas|edificio|\\bcalle\\b|instalaciones|mudado|medica",
)
ITALIAN = AbsenceWords(
    months=(
        "gennaio gen",
        "febbraio",
        "marzo",
        "aprile",
        "maggio mag",
        "giugno giu",
        "luglio lug",
        "agosto ago",
        "settembre set",
        "ottobre ott",
        "novembre",
        "dicembre dic",
    ),
    day_suffix="",
    weekdays="lunedi martedi mercoledi giovedi venerdi sabato domenica",
    between="giorno|dalle|dalla|dall'|dal|ferie|vacanze|viaggio|mio|il|l'|in ufficio|del|dell'|all'|al|previsto|fissato|e|per|prossimo|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica",
    back=(
        "di ritorno|rientrando|tornando|rientro|rientrero|tornero|torno|ritorno|riprendo|riprendero"
        "|(?:di nuovo|nuovamente) (?:operativ[oa]|disponibile|raggiungibile|in (?:ufficio|sede|servizio))"
    ),
    back_behind="(?:saro|sono) (?:di nuovo|di ritorno)|(?:rientro|rientrero|torno|tornero)",
    until="(?:fino|sino) (?:all'|al|a)",
    span="",
    joiner="all'|al|(?:fino|sino) (?:all'|al)",
    starting="a partire (?:dall'|dal)|dall'|dal|l'|il",
    answers="rispondero|risponder(?:e|le|ti|vi)|ricontattar(?:la|ti|vi)|contattero|disponibile|leggero",
    after="dopo il",
    tomorrow="domani",
    this_week="questa settimana",
    next_week="(?:la )?(?:prossima settimana|settimana prossima)",
    left=(
        r"non (?:lavor\w+|collabor\w+|faccio|fa|e|sono|appart\w+) (?:\w+ )?piu(?! in ufficio)|ha lasciato|ho lasciato"
        r"|cessato (?:la |il |ogni |l')?(?:sua |suo |propria )?(?:collaborazione|attivita|servizio|incarico|rapporto)|\bex[- ](?:dipendent|collaborat|colleg)\w+"
        r"|ha (?:concluso|terminato|chiuso) (?:la sua|il suo|la propria|il proprio) (?:esperienza|collaborazione|rapporto|incarico|percorso)|\bsuccessore\b"
        r"|pension[ea]\w*|nuovo indirizzo(?: e-?mail|[^.!?]{0,20}@)|indirizzo e cambiato|decedut[oa]|scomparsa di"
        r"|non (?:e|viene) piu (?:attiv[oa]|valid[oa]|in uso|lett[oa]|usat[oa]|consultat[oa]|controllat[oa])"
        r"|(?:ho|ha) cambiato (?:lavoro|giornale|testata|azienda|redazione|indirizzo|mestiere)"
        r"|(?:mi sono|si e) dimess[oa]|dimission\w+"
        r"|contratto\b[^.!?]{0,40} (?:terminat[oa]|scadut[oa]|finit[oa]|conclus[oa])"
    ),
    not_left="oggi|ufficio|uffici|sede|edificio|fino|settimana|domani|fine settimana",
)
DUTCH = AbsenceWords(
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    day_suffix="",
    weekdays="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    between="zijn|ben|zal|naar|het|op|weer|vanaf|met|en|de|kantoor|werk|van|vakantie|verlof|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
    back="terug|weer (?:aanwezig|bereikbaar|op kantoor)|er weer|hervat",
    back_behind="(?:ben ik )?(?:weer|terug)",
    until="tot en met|t/m|tot",
    span="",
    joiner="tot en met|t/m|tot",
    starting="vanaf|op",
    answers="beantwoord|antwoord|bereikbaar",
    after="na",
    tomorrow="morgen",
    left=(
        r"niet (?:meer|langer) (?:\w+ ){0,3}(?:werkzaam|actief|in dienst|in gebruik|geldig|bij|werken)"
        r"|werk\w* niet (?:meer|langer)|uit dienst|(?:oud|ex)-(?:medewerk|colleg)\w+|voormalig\w* (?:medewerk|colleg)\w+|opvolg(?:er|ster)\b|met pensioen|gepensioneerd|nieuwe? e-?mail-?adres|overleden|verlaten"
    ),
    not_left="vandaag|kantoor|tot|week|terug|verhuisd|pand|gebouw",
)
PORTUGUESE = AbsenceWords(
    months=(
        "janeiro",
        "fevereiro",
        "marco",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ),
    day_suffix="o",
    weekdays="segunda-feira terca-feira quarta-feira quinta-feira sexta-feira",
    between="servico|funcoes|minhas|as|atividades?|feira|das?|minha|ferias|viagem|a|o|no|na|dia|em|ao|escritorio|trabalho|previsto|para|de|proxima|proximo|segunda|terca|quarta|quinta|sexta|feira",
    back="de volta|(?:de )?regresso|volto|voltarei|voltando|retorno|retornarei|retornando|regressarei|regressando|retomo|retomarei|retomando",
    back_behind="(?:estarei|estou) de volta|(?:volto|voltarei|regresso|regressarei)",
    until="ate ao|ate o|ate a|ate",
    span="",
    joiner="a|ate|ate ao",
    starting="a partir de|no dia",
    answers="responderei|respondo|disponivel|contactavel",
    tomorrow="amanha",
    this_week="esta semana",
    next_week="(?:na )?(?:proxima semana|semana que vem)",
    after="depois de|apos",
    left=(
        r"(?:ja )nao (?:trabalh\w+|faco|faz|estou n[ao] (?!escritorio)|perten\w+|colabor\w+)|nao (?:trabalh\w+|faco|faz|perten\w+) mais"
        r"|saiu d[aoe]s? (?:redacao|empresa|jornal|radio|revista|equipa|equipe|casa|grupo)|sucessora?\b|(?:antig[oa]|ex)[ -](?:colaborador|funcionari|coleg)\w*"
        r"|reformad[oa]|aposentad[oa]|(?:reform|aposent)(?:ei|ou)-(?:me|se)|novo (?:e-?mail|endereco de)|falec\w+|deixei|deixou (?:a|o)"
        r"|(?:ja )nao esta (?:ativ[oa]|em uso)"
    ),
    not_left="hoje|escritorio|ate|semana|instalacoes|sede|edificio",
)

POLISH = AbsenceWords(
    months=(
        "stycznia styczen",
        "lutego luty",
        "marca marzec",
        "kwietnia kwiecien",
        "maja",
        "czerwca czerwiec",
        "lipca lipiec",
        "sierpnia sierpien",
        "wrzesnia wrzesien",
        "pazdziernika pazdziernik",
        "listopada listopad",
        "grudnia grudzien",
    ),
    day_suffix="",
    weekdays="poniedzia[lł]ek wtorek sroda czwartek piatek sobota niedziela",
    between="do|pracy|biura|redakcji|w|we|dniu|dnia|od|z|urlopu|na|planowany|planuje|jest|ponownie|poniedzia[lł](?:ek|ku)|wtorek|wtorku|srod[aey]|czwartek|czwartku|piatek|piatku",
    back="wracam|wroce|powroce|powracam|powrot|(?:ponownie|znow|z powrotem) (?:dostepn[ya]|w (?:biurze|pracy|redakcji))|bede (?:ponownie|znow|z powrotem)",
    back_behind="(?:wracam|wroce|bede (?:ponownie|znow|z powrotem))",
    until="(?<!partir )do(?= @)|do (?:konca )?dnia",
    span="",
    joiner="do dnia|do",
    starting="od dnia|od|po",
    answers="odpowiem|odpisze|dostepn[ya]",
    after="po",
    tomorrow="jutro",
    this_week="w tym tygodniu",
    next_week="(?:w )?(?:przysz[lł]ym|nastepnym) tygodniu",
    left=(
        r"juz (?:[^\s.!?]+ ){1,4}nie pracuj\w+|juz nie (?:pracuj\w+|wspo[lł]pracuj\w+|jest(?:em)? (?:pracowni\w+|zatrudnion\w+|cz[lł]onki\w+))"
        r"|nie (?:pracuj\w+|wspo[lł]pracuj\w+) (?:juz|d[lł]uzej|wiecej)|nie jest(?:em)? juz\b"
        r"|przesta[lł]\w* (?:pracowac|byc)|zakonczy[lł]\w* (?:prace|wspo[lł]prace|zatrudnienie)|odesz[lł]\w*|odszed[lł]\w*|odesz[lł]a"
        r"|na emerytur(?:ze|e)|(?:by[lł][aey]?|dawn[ya]) (?:\w+ )?(?:pracowni\w+|redaktor\w*)|zmieni[lł]\w* prace|nowy adres|zmar[lł]\w*"
        r"|(?:konto|skrzynka|adres)\b[^.!?]{0,30} (?:usuniet\w|zamkniet\w|zlikwidowan\w|nieaktualn\w|nieaktywn\w|przesta[lł]\w*|wygas[lł]\w*|nie (?:jest|istnieje))"
        r"|nastepc(?:a|zyni)"
    ),
    not_left="dzis|dzisiaj|jutro|do (?:konca|dnia|poniedzia[lł]ku|wtorku|srody|czwartku|piatku|@)|tydzien|tygodni\\w|urlop\\w*|weekend\\w*|w (?:soboty|niedziele|piatki)",
)
SWEDISH = AbsenceWords(
    months=(
        "januari jan",
        "februari feb",
        "mars",
        "april apr",
        "maj",
        "juni",
        "juli",
        "augusti aug",
        "september sept",
        "oktober okt",
        "november nov",
        "december dec",
    ),
    day_suffix="",
    weekdays="mandag tisdag onsdag torsdag fredag lordag sondag",
    between="pa|den|i|igen|tjanst|kontoret|jobbet|arbetet|fran|semestern?|mandag(?:en)?|tisdag(?:en)?|onsdag(?:en)?|torsdag(?:en)?|fredag(?:en)?",
    back="tillbaka|aterkommer|atervander|ater (?:i tjanst|pa (?:kontoret|jobbet|plats))",
    back_behind="(?:ar|kommer) jag (?:tillbaka|ater)",
    until=r"till och med|t\.?o\.?m\.?|fram till|till",
    span="",
    joiner=r"till och med|t\.?o\.?m\.?|till",
    starting="fran och med|fran|den",
    answers="svarar|antraffbar|nabar",
    after="efter",
    tomorrow="i morgon|imorgon",
    this_week="denna vecka|den har veckan",
    next_week="nasta vecka",
    left=(
        r"(?:har )?slutat\b|(?:arbetar|jobbar) (?:inte|ej) langre|(?:inte|ej) langre (?:anstalld|kvar|verksam|i tjanst|arbetar|jobbar)"
        r"|gatt i pension|pensionera\w+|har lamnat (?!kontoret)|ny (?:e-?post|mail)\w*|avliden|har gatt bort|har avlidit"
        r"|(?:\w*adressen|kontot|brevladan|inkorgen)\b[^.!?]{0,40} (?:upphort|avslutat\w*|avvecklat\w*|stangt?s?|stangd|borttagen|tagits bort|finns inte|inte langre)"
        r"|(?:lades|lagts) ned?r?\b|nedlagd|eftertradare"
    ),
    not_left="idag|i dag|for dagen|for i ?dag|semester\\w*|till (?:och|den|mandag)|denna vecka",
)
DANISH_AND_NORWEGIAN = AbsenceWords(
    months=(
        "januar",
        "februar",
        "marts mars",
        "april",
        "maj mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december desember",
    ),
    day_suffix=r"\.",
    weekdays="mandag tirsdag onsdag torsdag fredag lørdag søndag",
    between=r"pa|den|d\.|i|igen|igjen|kontoret|jobb|jobben|arbejde|arbeid|fra|ferie|mandag|tirsdag|onsdag|torsdag|fredag",
    back="tilbage|tilbake|igen pa (?:kontoret|arbejde)|igjen pa (?:kontoret|jobb)",
    back_behind="(?:er|kommer) jeg (?:tilbage|tilbake)",
    until=r"til og med|t\.?o\.?m\.?|indtil|inntil|frem til|fram til|til",
    span="",
    joiner=r"til og med|t\.?o\.?m\.?|til",
    starting="fra og med|fra|den",
    answers="svarer|træffes|treffes",
    after="efter|etter",
    tomorrow="i morgen",
    this_week="denne uge|denne uken|denne uka",
    next_week="(?:i )?n(?:æ|e)ste (?:uge|uke)",
    left=(
        r"(?:arbejder|arbeider|jobber) ikke (?:l(?:æ|e)nge?re?|mere|mer)\b|ikke l(?:æ|e)nge?re? (?:ansat|ansatt|tilknyttet|her|hos|i (?:avisen|redaktionen|redaksjonen))"
        r"|har (?:sluttet|forladt|forlatt|sagt op|sagt opp)|er (?:fratradt|sluttet)|sluttet (?:hos|som)"
        r"|gaet pa pension|gatt av med pensjon|pensjonist|pensionist|ny (?:mail|e-?post|e-?mail)\w*|gaet bort|gatt bort"
        r"|(?:\w*adressen|kontoen|postkassen|mailboksen|innboksen)\b[^.!?]{0,40} (?:lukket|stengt|nedlagt|slettet|ophørt|opphørt|findes ikke|finnes ikke|eksisterer ikke|ikke l(?:æ|e)nge?re?)|efterfølger|etterfølger"
    ),
    not_left="i dag|for dagen|ferie\\w*|kontoret|denne uge|denne uken",
)
RUSSIAN = AbsenceWords(
    months=(
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
    day_suffix="-?го",
    weekdays="понедельник вторник среду четверг пятницу субботу воскресенье",
    between="на|в|во|с|к|из|работу|работе|офис|офисе|отпуска|понедельник|вторник|среду|четверг|пятницу",
    back="вернусь|возвращаюсь|вернемся|выиду|выхожу|приступлю|(?:снова )?буду (?:на (?:работе|месте|связи)|в офисе)",
    back_behind="(?:вернусь|возвращаюсь|выиду|буду (?:на работе|на месте|в офисе))",
    until="до|по",
    span="",
    joiner="до|по",
    starting="с",
    answers="отвечу|доступ(?:ен|на)",
    after="после",
    tomorrow="завтра",
    this_week="на этои неделе",
    next_week="на следующеи неделе",
    left=(
        r"(?:больше|уже|более) не (?:работа\w+|сотрудни\w+|является|являюсь)|не работа\w+ (?:больше|более)"
        r"|уволил\w+|уволен\w*|(?:ушел|ушла) (?:на пенсию|из (?:редакции|компании|газеты))|на пенсии|покинул\w*"
        r"|сменил\w* (?:работу|место работы|адрес)|скончал\w+|новыи адрес|бывш\w+ (?:сотрудни|редактор)\w+"
    ),
    not_left="сегодня|завтра|до конца|отпуск\\w*|недел\\w+|выходн\\w+",
)

OTHER_ABSENCES = (
    GERMAN,
    SPANISH,
    ITALIAN,
    DUTCH,
    PORTUGUESE,
    POLISH,
    SWEDISH,
    DANISH_AND_NORWEGIAN,
    RUSSIAN,
)
