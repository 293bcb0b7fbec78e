"""A bench model for MUC-4: the shipped coder's means (linear models, then boosted trees beside the rivals) taught on MUC-4's own training part.

It is measured by `bench/muc4.py`, lies in a folder that git ignores and is neither committed, packaged nor loaded by `waqai`. `sources` reads the data,
`casing` and `parsed` bring the text to a parse, `kin` groups words, `mentions` finds candidate phrases, `texts` and `looks` judge at first sight,
`entities` weighs phrases as fillers of an incident beside their rivals, `split` parts incidents of one type, `details` (with `days`, `spots`, `humans`) fills
date, place, stage, effect and number; `learning` and `train` fit all of it, `filling` and `model` write templates.
"""
