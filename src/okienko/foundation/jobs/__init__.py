"""Work that takes long ("zadania"): queued with the change that ordered it, done by workers, seen by people.

Import `okienko.foundation.jobs.api`: `@job`, `JobContext`, `JobFault`, `enqueue`. A Job row is the queue and
the truth; Django's Tasks API only wakes whoever does the work (`docs/adr/0005-jobs.md`).
"""
