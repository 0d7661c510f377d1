"""The provider that writes messages into a folder, for rehearsals, proofs and trials."""
