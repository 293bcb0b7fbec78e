"""Report text to a `Reading`: claims, accounts, counts and place mentions, each with its words. No network, database or clock.

`waqai.reading.reader` holds the reader; importing it loads spaCy (a second or two), which is why nothing is imported here.
"""

VERSION = "0.1.4"
"""Version of the rules: a change in what they read raises it."""
REFUSED = "reading.refused"
"""The stage of the notice on a report that the reader does not read at all (no words, another language)."""
