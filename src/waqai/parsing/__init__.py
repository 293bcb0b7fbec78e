"""A report's text to a parse that reading can rely on: a working copy as long as the original, spaCy's pipeline with blocks marked, and its tree mended.

Importing `pipeline` loads spaCy (a second or two), which is why nothing is imported here.
"""
