"""The kinds of offices that a new installation knows; a network coordinator adds others."""

from django.db import migrations

TYPES = (
    ("urzad-gminy", "urząd gminy", "commune office"),
    ("urzad-miasta-i-gminy", "urząd miasta i gminy", "town and commune office"),
    ("urzad-miasta", "urząd miasta", "town hall"),
    ("urzad-dzielnicy", "urząd dzielnicy", "district office of a city"),
    ("starostwo-powiatowe", "starostwo powiatowe", "county office"),
    ("urzad-marszalkowski", "urząd marszałkowski", "marshal's office"),
    ("urzad-wojewodzki", "urząd wojewódzki", "voivodeship office"),
    ("ministerstwo", "ministerstwo", "ministry"),
    ("urzad-centralny", "urząd centralny", "central office"),
    ("urzad-skarbowy", "urząd skarbowy", "tax office"),
    ("izba-administracji-skarbowej", "izba administracji skarbowej", "revenue administration chamber"),
    ("powiatowy-urzad-pracy", "powiatowy urząd pracy", "county labour office"),
    ("wojewodzki-urzad-pracy", "wojewódzki urząd pracy", "voivodeship labour office"),
    ("osrodek-pomocy-spolecznej", "ośrodek pomocy społecznej", "social welfare centre"),
    ("pcpr", "powiatowe centrum pomocy rodzinie", "county family support centre"),
    ("oddzial-zus", "oddział ZUS", "branch of the Social Insurance Institution"),
    ("placowka-krus", "placówka KRUS", "branch of the Agricultural Social Insurance Fund"),
    ("oddzial-nfz", "oddział NFZ", "branch of the National Health Fund"),
    ("biuro-arimr", "biuro powiatowe ARiMR", "county office of the agricultural agency"),
    ("sad", "sąd", "court"),
    ("prokuratura", "prokuratura", "prosecutor's office"),
    ("policja", "komenda Policji", "police headquarters"),
    ("straz-pozarna", "komenda Państwowej Straży Pożarnej", "fire service headquarters"),
    ("sanepid", "stacja sanitarno-epidemiologiczna", "sanitary inspectorate"),
    ("nadzor-budowlany", "inspektorat nadzoru budowlanego", "building inspectorate"),
    ("inspekcja", "inna inspekcja lub straż", "other inspectorate or guard"),
    ("archiwum", "archiwum państwowe", "state archive"),
    ("urzad-statystyczny", "urząd statystyczny", "statistical office"),
    ("inny", "inny urząd", "other office"),
)


def add_types(apps, schema_editor):
    office_type = apps.get_model("offices", "OfficeType")
    for code, name, name_en in TYPES:
        office_type.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})


class Migration(migrations.Migration):
    dependencies = (("offices", "0002_invitations_to_networks"),)
    operations = (migrations.RunPython(add_types, migrations.RunPython.noop),)
