"""What repeats, changes or follows in dated happenings, each figure beside its null: numerics over plain arrays.

scipy is slow to load, so this room's modules are loaded where a test is run and not before.
"""
