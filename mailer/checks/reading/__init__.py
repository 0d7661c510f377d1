"""The functions with which checks read a draft: prose, dates, links, subjects, reminders."""
