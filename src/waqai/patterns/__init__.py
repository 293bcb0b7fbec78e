"""Patterns in what happened, each beside what chance would give: numerics over plain arrays, without a store."""
