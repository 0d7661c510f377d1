"""What people of an office write to each other in an English draft, and what people are there."""

from __future__ import annotations

NOTES_TO_COLLEAGUES = (
    r"(?:internal )?note (?:to|for) (?!editors?\b|the editors?\b|readers?\b|the press\b|media\b|news)|n\.?b\.? for (?!editors)"
    r"|(?:[a-z’'-]+ ){1,3}to (?:confirm|check|approve|sign off|supply|provide|advise|clear|review|send|verify)\b"
    r"|(?:please |pls |can (?:you|we|somebody|someone) |must |to be )(?:re)?(?:check|confirm|add|verif|updat|approv|clear|insert|fill|review|sign)"
    r"|(?:check|confirm|verify|clear|agree)(?:ed)? (?:this|that|these|the|with|if|whether|figures?|spelling|names?|dates?)\b"
    r"|to (?:check|confirm|verify|update|follow)\b|awaiting|waiting (?:for|on)|pending (?:approval|sign)|(?:still )?missing[ :]"
    r"|do we (?:have|need|want|know|say)|should we|is this (?:right|correct|still)|ask [A-Z]|(?:photo|image|figure|quote|caption|picture)s? (?:TK|to come|missing)|draft only|not for publication[ :]"
)

FUNCTIONS = {
    "chair": "chair|chairman|chairwoman|chairperson",
    "president": "president",
    "vice-president": "vice[- ]president|vice[- ]chair|deputy chair",
    "secretary": "(?:general |honorary )?secretary(?: general)?",
    "treasurer": "(?:honorary )?treasurer",
    "chief executive": "chief executive(?: officer)?|CEO",
    "director": "(?:managing |executive |general )?director",
    "deputy director": "(?:deputy|assistant) director",
    "mayor": "mayor",
    "deputy mayor": "deputy mayor",
    "head teacher": "head ?teacher|headmaster|headmistress|principal",
    "vice-chancellor": "vice[- ]chancellor",
    "dean": "dean",
    "curator": "(?:chief |senior )?curator",
    "keeper": "(?:head |senior )?keeper",
    "captain": "captain",
    "coach": "(?:head )?coach",
    "minister": "minister",
    "parliamentary secretary": "parliamentary secretary",
    "professor": "professor",
    "spokesman": "spokes(?:man|woman|person)",
}
"""What people are in a body, by the function that the words name."""
