"""What every module stands on. Order, lowest first: registry, accounts, offices, audit, jobs, files,
print and charts, web, ui, declaration and retention, administration, testing."""
