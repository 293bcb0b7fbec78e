"""What repeats, changes or follows in dated incidents, each figure beside its null: numerics over plain arrays."""
