"""A parsed report to accounts as a trained coder would code it: what the rules of `reading` find, weighed by small models that learned from coded reports.

`scene` lays out what there is to weigh. `tellings`, `parties`, `figures`, `days` and `sites` each hold one decision: its candidates and the features by which
they are weighed. `coder` takes the decisions one after the other and writes the accounts; `model` is the file that they learned into. Without that file the
rules go on alone.
"""
