"""Takes the reporter's own words off a diagnosis, so that only the refusal itself is judged.

Reporters wrap the remote server's reply: "host mx.example said: … (in reply to RCPT TO command)".
A rule that looked through such a frame would join words of two authors ("host … not found").
"""

from __future__ import annotations

import re

BREAK = " ¦ "
"""What replaces a frame; no sentence goes across it."""

_FRAMES = re.compile(
    r"host \S{1,200}(?: ?\[[^\[\]]{0,60}\])?(?: \([^()]{0,200}\))?:? (?:said|refused to talk to me):?"
    r"|host \S{1,200} \[[^\[\]]{0,60}\]:?"
    r"|\(in reply to [^()]{0,60}\)"
    r"|smtp error from remote (?:mail |mailer )?server(?: after [^:¦]{0,40}(?::? ?<[^<>]{0,300}>(?: \S+=\S+)*)?)?:?"
    r"|(?:the )?remote[ _](?:host|server|mta|system)(?:[ _](?:at )?\S{1,100})?[ _](?:said|returned|replied|responded)(?:[ _]with)?:?"
    r"|the error that the other server returned was:?"
    r"|the response (?:from the remote server )?was:?"
    r"|the problem appears to be ?:?"
    r"|(?:possibly truncated )?original message follows:?"
    r"|(?:your|the) (?:message|e-?mail|mail) (?:is being|is|was|has been) returned(?: to you)?,? because:?"
    r"|\S{1,100} does not like (?:recipient|sender)\."
    r"|giving up on \S{1,100}"
    r"|\S{0,100} failed after i sent the message\."
    r"|\.\.\. while talking to \S{1,200}"
    r"|by the server for the recipient domain \S{1,200} by \S{1,200}(?: \[[^\[\]]{0,60}\])?"
    r"|this is the mail system at host \S{1,200}"
    r"|this is the \S{1,20} (?:program|mail system) at (?:host )?\S{1,200}"
    r"|generating server: \S{1,200}"
    r"|(?:<<<|>>>|<--|-->)(?: (?:rcpt to|mail from):? ?<[^<>]{0,300}>(?: \S+=\S+)*| data| quit)?"
    r"|(?:diagnostic[- ]code|x-supplementary-info): (?:\S{1,40};)?"
    # Cisco's gateways put their own words before any reply.
    r"|5\.1\.0 ?-? ?unknown address error"
    r"|5\.3\.0 ?-? ?other mail system problem"
    r"|delivery error: dd"
    # Postfix puts this before what became of an earlier message to the same host.
    r"|delivery temporarily suspended:"
    # Exim's guess at what else is wrong with the MX records of the recipient's domain.
    r"|or \(invalidly\) to ip addresses"
    r"|(?:dear|prezado|estimado|cher|chere|lieber|sehr geehrter|gentile|beste|geachte)"
    r" (?:sender|remetente|remitente|expediteur|expeditrice|absender|mittente|afzender)"
    # What is right is not the reason: "sender ok, but …".
    r"|(?:sender|host|ip|server|message|domain|connection|authentication|mail from|from|helo)"
    r"(?: address)?(?: is| was)? (?:ok|okay|fine|valid|accepted|good|known),? but"
    r"|permanent failure for one or more recipients \((?:%recipient%:)?"
)
# A line that only names the recipient is a heading; the sentence below does not speak of it.
_HEADING = re.compile(r"(?m)^[\s<>*\"'(-]{0,20}%recipient%[>\s:;,.)\"']{0,20}$")
# "Reason: user unknown", "Contact: …": each labelled line is a statement of its own.
_LABEL = re.compile(
    r"\n[ \t]{0,20}(?=[^\W\d_a-z][^\W\d_]{2,20}(?: [^\W\d_]{1,20}){0,3} ?(?:\.{4,}|:) )"
)
# Whom to ask is advice, also where the reason above it ends without a full stop: "User unknown", and on the
# next line "Please reply to Postmaster@…", which is no word about us.
_ADVICE = re.compile(
    r"\n[ \t]{0,20}(?=Please (?:reply|contact|write|e-?mail|call|notify|ask|direct|refer|forward|report)\b"
    r"|Veuillez (?:contacter|répondre|écrire|vous adresser|prendre contact|signaler)\b"
    r"|Bitte (?:antworten|wenden|schreiben|kontaktieren|melden|informieren)\b"
    r"|Por favor,? (?:responda|contacte|escriba|póngase|diríjase|comuníquese|contate|contacte|entre|escreva)\b"
    r"|Si prega di (?:rispondere|contattare|scrivere|rivolgersi)\b|Neem (?:a\.u\.b\. |alstublieft )?contact\b)"
)
# A list of codes by their names, "a@b.example; Failed; 5.4.3 (routing server failure)"; the reason stands below it.
_CODES_NAME = re.compile(
    r"(; ?[A-Za-z]{4,12}; ?[245]\.\d{1,3}\.\d{1,3} \([^()\n]{1,80}\)[ \t]{0,20})\n"
)
_URLS = re.compile(r"(?:https?://|www\.)[^\s<>]{1,300}")


def without_headings(text: str) -> str:
    """Return masked text with a break for each line that only names the recipient, before each line
    that begins with a label or says whom to ask, and behind the name of a code.
    """
    if "\n" in text:
        text = _CODES_NAME.sub(rf"\1{BREAK}", _ADVICE.sub(BREAK, _LABEL.sub(BREAK, text)))
    return _HEADING.sub(BREAK, text) if "%recipient%" in text else text


def without_frames(folded: str) -> str:
    """Return text normalised by `plain_text` with each frame replaced by a break."""
    return _FRAMES.sub(BREAK, folded)


def without_links(folded: str) -> str:
    """Return the text with blanks for URLs: where to ask for help says nothing of the reason."""
    if "http" not in folded and "www." not in folded:
        return folded
    return _URLS.sub(lambda match: " " * len(match.group()), folded)  # positions stay
