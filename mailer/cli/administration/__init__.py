"""The commands of the operator: set-up, desk, doctor, upgrades."""
