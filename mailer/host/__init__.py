"""The machine that the program runs on: its clock, its files, its locks on folders."""
