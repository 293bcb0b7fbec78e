"""Small models that learned from what is ours: their files, their training cards, and what turns features into calibrated probabilities.

Nothing here knows a report: the rooms that read (`reading`, `attribution`) make the features and say what a score means. Without its model a room goes on by
its rules. No network, database or clock.
"""
