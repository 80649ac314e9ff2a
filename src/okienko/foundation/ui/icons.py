"""Names of the icons. Their shapes are in `assets/icons.txt`; a test keeps the two alike."""

_NAMES = """
    accessibility archive arrow-down arrow-left arrow-right arrow-up attention bell bin box calendar
    card chart check clock close coin comment copy counter database document documents done dots
    down download drag edit error external eye eye-off file filter flag form globe help history home
    idea info key keyboard left link list lock logout mail menu minus network office pause people
    person person-add phone place play plus print qr refresh right scan search send settings shield
    shuffle smartphone sort stop switch table tablet target trend undo unlock up upload
"""
NAMES = frozenset(_NAMES.split())
