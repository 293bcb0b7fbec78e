"""What each command does: from what was asked on the command line to the rooms, and back to the terminal."""
