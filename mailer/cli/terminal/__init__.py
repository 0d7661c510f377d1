"""What every command uses: language, workspace, sentences and tables on a terminal."""
