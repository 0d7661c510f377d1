"""The parts of the program, connected: for a workspace, a rehearsal, the doctor, a monitor."""
