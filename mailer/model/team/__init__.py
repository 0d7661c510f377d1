"""The people of the office: who they are, what they may do, and how they sign in."""
