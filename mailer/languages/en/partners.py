"""English words for those who do something together with the sender of a text."""

from __future__ import annotations

HEADS_PARTNERS = (
    r"(?:\w+[ \u00a0])*(?:partners?|partnerships?|supporters?|sponsors?|backers?|funders?|co-?organi[sz]ers?|co-?hosts?|allies|acknowledgements?|collaborators?|collaborations?)(?:[ \u00a0].*)?"
    r"|(?:with|many)?[ \u00a0]?thanks[ \u00a0]to|(?:supported|backed|funded|sponsored|made possible)[ \u00a0](?:\w+[ \u00a0])?by|who[ \u00a0](?:helps|else|supports|is behind)(?:[ \u00a0].*)?|working[ \u00a0]with|(?:working[ \u00a0])?together(?:[ \u00a0]with)?"
    r"|(?:in[ \u00a0](?:association|partnership)[ \u00a0])with|alongside[ \u00a0]us|with[ \u00a0](?:us|whom|the[ \u00a0](?:help|support)[ \u00a0]of)"
)
PARTNER_OF = (
    r"with|(?:fund|support|organi[sz]|financ|sponsor|back|co-organi[sz]|co-fund|led|run|conven)\w*"
    r"(?:\s+\w+)?\s+by|(?:support|help|patronage|sponsorship|generosity) of|(?:grant|gift|funding|donation) from|alongside|partners?(?:,| of| to)|(?:partnership|collaboration|joint \w+|alliance) (?:of|between)"
    r"|thanks[ \u00a0]to|(?:lent|given|provided|supplied|donated|offered|joined|helped|assisted|advised|co-produced)[ \u00a0](?:\w+[ \u00a0])?by"
    r"|(?:jointly|together|hand in hand|in conjunction|in association|in tandem)[ \u00a0]with|(?:at the initiative|under the (?:aegis|auspices)|with the (?:help|assistance|participation|backing))[ \u00a0]of"
)
JOINS = r"[ \u00a0](?:(?:has|have)[ \u00a0])?(?:team(?:s|ed)? up|join(?:s|ed)? (?:forces|us|in)|link(?:s|ed)? up|lends? a hand|sponsors)(?!\w)"
