"""The formats of lists: delimited text, address books, dumps of list programs, pasted mails."""
