"""Which language a text is in, where that can be told; what a reader does not read is kept, and said."""

from waqai.languages.foreign import Look, look_at
from waqai.languages.kept import find_recognised, note_language
from waqai.languages.names import code_of, name_of
from waqai.languages.recognise import Recognised, recognise

__all__ = ["Look", "Recognised", "code_of", "find_recognised", "look_at", "name_of", "note_language", "recognise"]
