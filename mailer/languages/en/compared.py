"""The English words by which the checks recognise the parts of a text that they compare."""

from __future__ import annotations

from mailer.languages.compared_words import ComparedWords, word_set

COMPARED = ComparedWords(
    heads=word_set(
        "president director chair chairman chairwoman chairperson chief head founder cofounder mayor"
        " ceo leader dean principal chancellor ambassador commodore warden"
    ),
    headed=word_set(
        "headed heads led leads run runs chaired chairs directed directs founded created started"
        " presides"
    ),
    its=word_set("its their whose"),
    of=word_set("of at for"),
    once=word_set(
        "former formerly ex also then later next future previously once appointed joined left"
        " succeeds succeeded"
    ),
    ends_name=word_set(
        "who which that whose is are was were will has have had and with by from in on since to but"
        " where when said says"
    ),
    speaks_to=word_set("you your u pls please thanks we i us me can could will let"),
    you_and_i=word_set("you your u pls i"),
    among_colleagues=word_set("i"),
    speaks_to_readers=word_set("your yours"),
    edits=word_set(
        "swap check add insert replace cut drop ask get chase confirm update put keep change move"
        " delete remove fix rewrite reword shorten trim tidy double query hold leave find send tell"
        " can could please pls"
    ),
    still=word_set("to please pls still"),
    to_edit=word_set("approve check confirm verify rewrite reword insert delete remove update"),
    begins_sentence=word_set(
        "dear hello yes no thanks parents members residents everyone anyone curious inside outside"
        " today tomorrow now then here there also first next finally please press tickets otherwise"
        " alternatively afterwards visitors readers journalists monday tuesday wednesday thursday friday saturday sunday"
    ),
    articles=word_set("the a an every each"),
    usual=word_set(
        "every each open opens closed closes weekly usually always hours weekdays weekends except daily"
        " office answered reached switchboard mondays fridays good black ash easter"
    ),
    behind_day=word_set(
        "morning afternoon evening night noon midnight at in on by to with for from of when after before"
        " until and or but that which who as is was were just gone because since if the a an its their"
        " his her our this"
    ),
    set_apart=word_set(
        "each every other others another more further against compared among only remaining extra"
        " last previous earlier former average half third quarter then still maximum minimum limited rest had would planned"
    ),
    links=word_set("with from that will have been were into their this these most more over under"),
    labels=word_set("capacity number total size figure entries attendance"),
    set_apart_sums=word_set("each every against ticket tickets price prices per up"),
    gives=word_set("from by to"),
    changes=word_set("more less up down rise increase fall drop higher lower growth"),
    several_times=word_set("every each second another other then sessions daily again except or"),
    no_thing=word_set(
        "monday tuesday wednesday thursday friday saturday sunday january"
        " february march april june july august september october november december hours morning between before after until about public press"
        " journalists reporters there their which these starts begins first"
    ),
    ends=word_set("close closes end ends closing finish"),
    prolongs=word_set("extended extension originally postponed registration registrations"),
)
