"""What mail programs make of a message: the HTML and CSS it uses, against what each supports.

`traits` reads a page, `features` names what it uses, `support` is the table of the mail programs,
and `clients` says which of them the readers may have.
"""
