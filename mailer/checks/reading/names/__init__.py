"""Find in prose who and where: people, bodies, streets, telephones."""
