"""The commands for whoever runs the program: set-up, desk, doctor, upgrades."""
