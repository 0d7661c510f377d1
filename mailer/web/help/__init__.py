"""The help pages of the desk: what a press officer asks at each screen, and the answer."""
