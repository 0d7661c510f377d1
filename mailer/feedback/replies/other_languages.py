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
    back="de vuelta|vuelvo|volvere|volvera|regreso|regresare|reincorporo|reincorporare|estare de regreso",
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
        "di ritorno|rientro|rientrero|tornero|torno|ritorno|riprendo|riprendero"
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
    between="op|weer|vanaf|met|en|de|kantoor|werk|van|vakantie|verlof|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
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
    day_suffix="",
    between="das?|minha|ferias|viagem|a|o|no|na|dia|em|ao|escritorio|trabalho|previsto|para|de|proxima|proximo|segunda|terca|quarta|quinta|sexta|feira",
    back="de volta|regresso|volto|voltarei|retorno|retornarei|regressarei",
    back_behind="(?:estarei|estou) de volta|(?:volto|voltarei|regresso|regressarei)",
    until="ate ao|ate o|ate a|ate",
    span="",
    joiner="a|ate|ate ao",
    starting="a partir de|no dia",
    answers="responderei|disponivel",
    after="depois de|apos",
    left=(
        r"(?:ja )nao (?:trabalh\w+|faco|faz|estou n[ao] (?!escritorio)|perten\w+|colabor\w+)|nao (?:trabalh\w+|faco|faz|perten\w+) mais"
        r"|saiu d[aoe]s? (?:redacao|empresa|jornal|radio|revista|equipa|equipe|casa|grupo)|sucessora?\b|(?:antig[oa]|ex)[ -](?:colaborador|funcionari|coleg)\w*"
        r"|reformad[oa]|aposentad[oa]|(?:reform|aposent)(?:ei|ou)-(?:me|se)|novo (?:e-?mail|endereco de)|falec\w+|deixei|deixou (?:a|o)"
        r"|(?:ja )nao esta (?:ativ[oa]|em uso)"
    ),
    not_left="hoje|escritorio|ate|semana|instalacoes|sede|edificio",
)

OTHER_ABSENCES = (GERMAN, SPANISH, ITALIAN, DUTCH, PORTUGUESE)
