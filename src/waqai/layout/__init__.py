"""What a page of a report shows, before it is a page: the text cut at its marks, accounts as rows of fields, what is typed into a field, keys."""
