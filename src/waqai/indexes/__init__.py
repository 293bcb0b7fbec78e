"""What is kept beside the facts so that something is found: words, bands of near copies, signs and names of those in seats; and the questions to these.

Rows and SQL only: `store` says when they are written, and what follows from what was found.
"""
