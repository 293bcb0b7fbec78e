"""Another's dataset beside our own record, incident by incident: what agrees, what either lacks, which figures differ."""
