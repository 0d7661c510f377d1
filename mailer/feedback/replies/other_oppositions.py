"""Oppositions in languages that the program does not write, but its correspondents do."""

from __future__ import annotations

from mailer.languages.reply_words import OppositionWords

GERMAN = OppositionWords(
    sentences=r"""
        (?:nehmen|streichen|entfernen|loschen|tragen|nehmt|streicht|entfernt|loscht|tragt|nimm|streich|losch) (?:sie )?(?:bitte )?(?:mich|uns|meinen?|meine[rn]?|unsere) ?(?:adresse|e-?mail[^ ]{0,10}|daten|mailadresse|namen|aus\b|von\b|bitte aus\b)
        (?:mich|uns|adresse|daten|namen|mail) [^.!?]{0,12}(?:aus|von) (?:dem|der|ihrem|ihrer|eurem|eurer|diesem|dieser) [^.!?]{0,30}?(?:verteiler|liste|datenbank|newsletter|adressbuch|datei|kartei)\b[^.!?]{0,24}(?:nehmen|streichen|loschen|entfernen|austragen|genommen|gestrichen|geloscht|entfernt|ausgetragen)
        (?:aus|vom|von) (?:(?:dem|der|ihrem|ihrer) )?\w{0,12}(?:verteiler|mailingliste|adressliste|newsletter) (?:bitte )?(?:nehmen|streichen|loschen|entfernen|austragen)
        @ (?:bitte )?(?:aus|von) [^.!?]{0,30}(?:verteiler|liste)
        (?:loschung|entfernung|streichung|austragung) (?:meiner?|unserer?|aus|von) [^.!?]{0,40}(?:adresse|daten|verteiler|liste|datenbank|newsletter)
        (?:verteiler|newsletter|mailingliste|pressemitteilungen|mails) (?:\w+ )?(?:abbestellen|abmelden|abzubestellen|abzumelden|abgemeldet)
        (?:vom|aus dem|von (?:dem|ihrem|der)|aus ihrem) \w{0,20}(?:newsletter|verteiler|liste) (?:bitte )?(?:abmelden|abzumelden|austragen|auszutragen|abgemeldet)
        (?:mochten?|will|wollen|wunschen?|bitte)\b[^.!?]{0,30}\b(?:keine|nicht mehr|nicht langer)\b[^.!?]{0,40}(?:anschreiben|kontaktieren|mails?|nachrichten|pressemitteilungen|newsletter|zusendungen|zuschriften|angeschrieben|kontaktiert|informiert)\b
        (?:senden|schicken|schreiben) sie (?:mir|uns) (?:bitte )?(?:keine (?:weiteren |mehr )?(?:e-?mails?|mails?|nachrichten|pressemitteilungen|newsletter)\b|nicht mehr|nichts mehr)
        widerspr(?:eche|echen)(?: ich| wir)? (?:hiermit )?(?:der|jeder|einer) (?:weiteren )?(?:\w+ ){0,2}(?:verwendung|nutzung|verarbeitung|zusendung|kontakt\w*|speicherung)
    """,
    please="bitte ",
    alone=r"(?:abmelden|abmeldung|austragen|abbestellen|abbestellung)(?= ?(?:$|[.!,]|bitte|danke|(?:vom?|von|aus) .{0,20}(?:newsletter|verteiler|liste)))",
    parts=(
        r"per (?:brief)?post\b|postalisch\w*|auf papier|gedruckt\w*|papierform|per fax|per sms|telefonisch|doppelt\w*|zweimal|mehrfach"
        r"|anhang\w*|anlagen|\bmb\b|gaste\w*|teilnehme\w*|anmelde\w*|redne\w*|wartelist\w*|wahrend|nachts|am wochenende|vor \d|alte[nrs]? (?:e-?mail|mail|adresse)"
        r"|verpassen|liste der (?!empfang|adress|abonn|presse|journal)"
    ),
)
SPANISH = OppositionWords(
    sentences=r"""
        (?:den|de|darme|darnos|dar|da|denos)(?:me|nos)? de baja(?! (?:laboral|medica))
        (?:borr|elimin|quit|retir|suprim|sac)\w{1,6}(?: mi| mis| nuestr\w{1,3}|(?<=me)|(?<=nos))\b[^.!?]{0,40}(?:lista|base|fichero|datos|direccion|correo|envios|boletin)
        ser (?:eliminad|borrad|retirad|quitad|dad)[oa]s? (?:de baja|de (?:su|la|esta|vuestra) (?:lista|base|boletin))
        no (?:quiero|queremos|deseo|deseamos|me interesa|nos interesa) (?:\w+ )?(?:recibir|seguir recibiendo) (?:mas |sus |estos |vuestr\w+ |nada|ningun|correos?|mensajes|comunicados|notas de prensa|boletin)
        dej(?:ar|en|e|ad) de (?:recibir|enviar|mandar|escribir)\w*
        no (?:me|nos) (?:envien?|manden?|escriban?|contacten?) (?:mas|nada)
        (?:me opongo|nos oponemos|oponerme) al? (?:tratamiento|uso|envio)
        cancelar (?:mi|la|nuestra) suscripcion
        (?:solicit|pid|rueg)\w{1,4} (?:\w+ )?baja (?:de|en|del) (?:su|la|el|vuestr\w)? ?(?:lista|base|boletin|newsletter|envios)
    """,
    please="por favor,? ",
    alone=r"(?:baja|darme de baja|cancelar suscripcion)(?= ?(?:$|[.!,]|por favor|gracias|(?:de|del) (?:la lista|boletin)))",
    parts=(
        r"correo postal|por correo ordinario|en papel|impres\w+|por fax|por sms|por telefono|duplicad\w+|dos veces|por duplicado|adjuntos?|\bmb\b"
        r"|invitad\w+|asistentes|participantes|inscrit\w+|ponentes|lista de espera|durante|antes de las|lista de (?!distribu|difus|correo|contact|contat|destinatarios|envio|prensa|imprensa|mail|e-?mail)|direccion (?:antigua|anterior)|antigua direccion"
    ),
)
ITALIAN = OppositionWords(
    sentences=r"""
        non (?:voglio|vogliamo|desidero|desideriamo|vorrei|vorremmo|intendo|gradisco) (?:piu )?(?:ricevere|essere (?:contattat|disturbat)\w)(?: piu)?(?: (?:altr[eai]|alcun\w*|nessun\w*|le|i|vostr[eai]|le vostre|i vostri|le sue|i suoi|queste?|questi|piu|niente|nulla|ulteriori) ?(?:\w+ )?| ?(?=[.,!]|$)|(?<=piu) )(?:(?:e-?)?mails?|comunicat[oi]|messaggi|newsletter|comunicazioni|inviti|niente|nulla|informazioni|posta|(?=[.,!]|$))
        (?:cancell|elimin|rimuov|rimoss|togli|tolg|depenn)\w{0,6}(?<!mi)(?<!ci)(?:,? per favore)? (?:il mio|i miei|la mia|il nostro|i nostri|la nostra|mio|miei) (?:indirizzo|nom\w+|dati|e-?mail|mail|contatt[oi]|recapit[oi])
        (?:cancell|elimin|rimuov|togli)\w{0,5}(?:mi|ci|temi|teci) (?:\w+ )?(?:da|dal|dalla|dai|dalle|dallo)\b[^.!?]{0,30}(?:lista|liste|list\b|newsletter|database|archivi[oi]|rubrica|indirizzario|destinatari|contatti)
        essere (?:cancellat|rimoss|tolt|eliminat|depennat)\w (?:da|dal|dalla|dai|dalle)\b[^.!?]{0,30}(?:lista|liste|list\b|newsletter|database|archivi[oi]|rubrica|destinatari)
        (?:cancellazione|rimozione|eliminazione) (?:del mio|dei miei|della mia|del nostro|dalla|dal)\b[^.!?]{0,30}(?:nom\w+|dati|indirizzo|e-?mail|list[ae]|database|newsletter|contatto)
        smett\w{2,6} di (?:inviar|mandar|scriver|contattar|spedir)(?:mi|ci)
        non (?:inviate|mandate|scrivete|contattate|spedite)(?:mi|ci) (?:piu|altr\w)
        non (?:mi|ci) (?:inviate|inviare|mandate|mandare|scrivete|scrivere|contattate|contattare|invii|mandi|scriva) piu
        (?:mi oppongo|ci opponiamo) (?:al trattamento|all'(?:uso|utilizzo|invio))
        non (?:inviar|mandar|scriver|contattar|spedir)(?:mi|ci) piu
        disiscriv\w+|disiscrizione
    """,
    please="per favore,? |vi prego di ",
    alone=r"(?:cancellami|cancellatemi|disiscri\w*|cancellazione)(?= ?(?:$|[.!,]|per favore|grazie|dalla (?:mailing )?(?:lista|newsletter)))",
    parts=(
        r"per posta(?! elettronica)|posta ordinaria|cartace\w+|stampat\w+|via fax|per fax|via sms|telefon\w+|doppi\w*|due volte|allegat\w|\bmb\b"
        r"|invitat\w|partecipanti|iscritt\w|relatori|lista d'attesa|durante|prima delle|lista de(?:i|gli|lle) (?!destinatari|contatti|giornalisti|abbonati)|vecchio indirizzo|indirizzo (?:vecchio|precedente)"
    ),
)
DUTCH = OppositionWords(
    sentences=r"""
        (?:wil|willen|wens|wensen|hoef|hoeven|zou|liever)\b[^.!?]{0,24}\b(?:geen|niet meer|niet langer)\b[^.!?]{0,40}\b(?:e-?mails?|mails?|berichten|persberichten|nieuwsbrie\w+|mailings?|uitnodigingen|aangeschreven|gemaild|gecontacteerd|benaderd)\b
        (?:mij|me|ons|adres|e-?mailadres|gegevens|naam) (?:\w+ ){0,3}?(?:uit|van|af) (?:uw|de|jullie|het|deze|dit|je)\b[^.!?]{0,24}(?:lijst|bestand|database|databank|mailing|adresboek|nieuwsbrief)\b
        (?:verwijder\w*|schrap\w*|haal|wis) (?:u )?(?:mij|me|ons|mijn (?:adres|e-?mail\w*|gegevens|naam)|onze (?:gegevens|adres))\b[^.!?]{0,30}(?:lijst|bestand|database|databank|mailing|adresboek|nieuwsbrief)\b
        (?:adres|e-?mailadres|gegevens|naam) (?:te )?(?:verwijderen|schrappen|wissen)\b[^.!?]{0,30}(?:lijst|bestand|database|databank|mailing|adresboek)
        (?:mij|me|ons) (?:\w+ )?(?:uit te schrijven|uitschrijven|afmelden|af te melden) (?:van|voor|uit) (?:de|uw|het|deze) (?:nieuwsbrief|mailing\w*|\w*lijst)
        stop(?:pen)? (?:alstublieft )?met (?:het )?(?:sturen|mailen|e-?mailen|toesturen|verzenden|toezenden)
        (?:stuur|mail|schrijf|zend)(?:t u)? (?:mij|me|ons) (?:alstublieft |aub )?(?:geen (?:\w+ ){0,2}meer|niets meer|niet meer|niet langer|geen (?:persberichten|e-?mails?|mails?|nieuwsbrie\w+)\b)
        (?:gelieve|graag|verzoek\w*)\b[^.!?]{0,20}\b(?:niet meer|niet langer)\b[^.!?]{0,20}(?:contacteren|mailen|aanschrijven|benaderen|schrijven)
        bezwaar tegen (?:het|de|elk) (?:gebruik|verwerking|toezenden|ontvangen)
    """,
    please="gelieve |graag |aub |alstublieft ",
    alone=r"(?:uitschrijven|uitschrijving|afmelden|afmelding)(?= ?(?:$|[.!,]|aub|alstublieft|bedankt|(?:van|voor|uit) (?:de |uw )?(?:nieuwsbrief|mailing\w*|\w*lijst)))",
    parts=(
        r"per post\b|op papier|papieren|gedrukt\w*|per fax|per sms|telefonisch|dubbel\w*|twee keer|bijlage\w*|\bmb\b"
        r"|gasten\w*|deelnemer\w*|genodigden\w*|sprekers\w*|lijst van (?!ontvanger|contact|journalist|abonnee)|wachtlijst|tijdens|voor \d|oude? (?:e-?mail)?adres"
    ),
)
PORTUGUESE = OppositionWords(
    sentences=r"""
        nao (?:quero|queremos|desejo|desejamos|pretendo|pretendemos|gostaria de) (?:mais )?(?:receber|ser contactad\w)(?: mais)?(?: (?:os|as|estes|estas|vossos|vossas|seus|suas|quaisquer|nenhum\w*|outros|outras|mais))*(?: (?:e-?mails?|mensagens|comunicados|newsletters?|convites|nada|noticias|informacoes|correspondencia)|(?=[.,!]|$))
        (?:remov|retir|elimin|apag|exclu|tir|risc)\w{1,4}(?:-me|-nos| me| nos|,? (?:por favor,? )?(?:o meu|meu|os meus|meus|a minha|o nosso)(?: \w+)?)\b[^.!?]{0,30}(?:lista|base|newsletter|contactos|contatos|mailing|ficheiros?)
        (?:ser|seja) (?:removid|retirad|excluid|eliminad)[oa]s? (?:da|das|do|de)\b[^.!?]{0,30}(?:lista|base|newsletter|contactos|contatos|mailing)
        nao (?:me|nos) (?:enviem?|mandem?|escrevam?|contactem?|contatem?) mais
        (?:deixar de receber|parem? de (?:me |nos )?(?:enviar|mandar|escrever)|deixem de (?:me |nos )?(?:enviar|mandar|escrever))
        (?:oponho-me|opomo-nos|me oponho) ao? (?:tratamento|uso|envio)
        (?:cancelar|anular) (?:a )?(?:minha )?(?:subscricao|assinatura)|descadastr\w+
    """,
    please="por favor,? ",
    alone=r"(?:remover|descadastrar|cancelar (?:subscricao|assinatura))(?= ?(?:$|[.!,]|por favor|obrigad|da lista))",
    parts=(
        r"por correio(?! eletronico)|em papel|impress\w+|por fax|por sms|por telefone|em duplicado|duas vezes|anexos?|\bmb\b"
        r"|convidados|participantes|inscritos|oradores|durante|antes das|endereco (?:antigo|anterior)|antigo endereco"
    ),
)

OTHER_OPPOSITIONS = (GERMAN, SPANISH, ITALIAN, DUTCH, PORTUGUESE)
