"""A bench model for MUC-4: the shipped coder's means (linear first stage, boosted trees beside the rivals) taught on MUC-4's own training part.

It is measured by `bench/muc4.py`, lies in a folder that git ignores, and is neither committed, packaged nor loaded by `waqai`. `sources` reads the data, `casing`
and `parsed` bring the upper-case text to a parse, `mentions` finds candidate phrases, `sentences` and `texts` judge what is told, `entities` weighs phrases as
fillers of an incident, `details` fills date, place, stage, effect and number; `learning` fits all of it and `filling` writes templates.
"""
