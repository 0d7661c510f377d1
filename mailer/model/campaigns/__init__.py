"""A campaign as its folder says it: facts, steps, targets, and the look of its mails."""
