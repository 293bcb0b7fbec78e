"""What stands before every page of the desk: which hosts and sites may ask, how much may be sent, in which order pages are worked out, who can reach it."""
