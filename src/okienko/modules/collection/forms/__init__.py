"""Forms of the back office: batches of paper forms, imports."""
