"""Reading by a language model: the question that is asked, and an answer turned into a `Reading` in which every value quotes the report.

The model only points at words. What they are worth, our own code says: days by `dating`, numbers by `reading`, places by the gazetteer, actors by the register.
What it points at must stand in the text; whatever else an answer holds is set aside with a notice. No network, database or clock: `flow` asks the server.
"""

VERSION = "0.1.0"
"""Version of the question and of what is made of the answer: a change in either raises it."""
UNANSWERED = "asking.unanswered"
"""The stage of the notice on a report for which the model gave no answer that can be used."""
