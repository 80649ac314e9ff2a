"""Files ("pliki") that an office keeps, readers of hostile spreadsheets (`tables`), and exports.

Import `okienko.foundation.files.api` for keeping files. Content lies in the storage under random names; what
somebody called it is only a label. Nothing is served but through `foundation.activity`.
"""
