"""Patterns in what happened, each beside what chance would give: numerics over plain arrays, without a store.

Import from the modules: some need scipy, which is slow to load. `testable` and `series` are the nouns; `rates` and `delays`, `changes`, `since` and `mix`,
`recurrence`, and `event_study` hold a question each.
"""
