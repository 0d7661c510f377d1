"""The people of the press office: who they are, their roles, and how they sign in."""
