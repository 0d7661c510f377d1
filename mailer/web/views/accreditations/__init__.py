"""The pages of the registers: who asked to come, who came."""
