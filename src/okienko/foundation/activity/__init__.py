"""Jobs in progress ("zadania w toku") and downloads: the pages of `foundation.jobs` and `foundation.files`.

They stand apart because pages need `web` and `ui`, which stand above jobs and files.
"""
