"""Recognise the facts of an old document, so that a new campaign begins with them.

Only what the text says outright is taken, with the words that say it. Where it says two things, or
something that is not so (a weekday that does not belong to its date), nothing is taken.
"""
