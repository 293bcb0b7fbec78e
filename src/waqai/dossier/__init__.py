"""Dossiers: what the store knows of an incident, or of many, as a brief whose every value has a note to the words that said it."""

from waqai.dossier.build import Maker
from waqai.dossier.markdown import to_markdown
from waqai.dossier.notes import line_of_note
from waqai.dossier.sentences import Dossier, Note, Sentence, Source, Value, number_notes, sentences_of
from waqai.dossier.webpage import to_html

__all__ = ["Dossier", "Maker", "Note", "Sentence", "Source", "Value", "line_of_note", "number_notes", "sentences_of", "to_html", "to_markdown"]
