"""What commands show on a terminal: reports read, incidents, figures, places, persons, the log and its changes; tamed, counted, with a progress bar."""
