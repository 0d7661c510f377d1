"""Writes messages into a folder of the workspace: for rehearsals, proofs and trying out."""
