"""Which language a text is in, where that can be told; what a reader does not read is kept, and said."""

from waqai.languages.foreign import find_foreign
from waqai.languages.kept import find_recognised, note_language
from waqai.languages.names import code_of, name_of
from waqai.languages.recognise import Recognised, recognise

__all__ = ["Recognised", "code_of", "find_foreign", "find_recognised", "name_of", "note_language", "recognise"]
