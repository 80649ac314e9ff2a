"""From the frozen document to words, charts and tables: every outlet shows what is made here."""
