"""A store kept well: moved to another engine, backed up, sealed, restored, brought up to date, looked after. The room above the store that does it."""
