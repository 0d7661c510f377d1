"""How a mail is shown to somebody who judges it: what changed in it, and what is made of it.

Everything here is pure: it takes the final HTML or text of a message and returns values.
"""
