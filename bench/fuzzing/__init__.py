"""Coverage-guided fuzzing of what reads hostile bytes: pages, PDFs, feeds, mails, dates, counts."""
