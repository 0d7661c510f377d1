"""Import this in a fork server, and none of its children compiles for the first time.

The first message takes ten times as long as the next: templates are parsed, style sheets are read,
catalogues are loaded. What is kept of it depends on nothing else.
"""

from tests.counterparts.pages import SCENES, compiled

compiled(SCENES[0])
