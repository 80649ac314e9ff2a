"""Invented remarks of invented clients, some with personal data, so that the masking has work to do."""

from __future__ import annotations

import numpy as np

GOOD = (
    "Pani przy okienku spokojnie wyjaśniła wszystko po kolei. Dziękuję.",
    "Sprawa załatwiona od ręki, byłem w urzędzie dziesięć minut.",
    "Bardzo miła obsługa, urzędniczka sama podpowiedziała, czego brakuje we wniosku.",
    "Widać poprawę od zeszłego roku, numerki wreszcie działają.",
    "Przez telefon dowiedziałam się wszystkiego, nie musiałam przyjeżdżać.",
    "Wygodne miejsca do siedzenia i kącik dla dzieci. Tak trzymać.",
    "Decyzja przyszła przed terminem. Miłe zaskoczenie.",
    "Pan przy stanowisku 3 pomógł mamie wypełnić formularz, za co dziękuję.",
    "Jasno napisane pismo, zrozumiałem bez prawnika.",
    "Profesjonalnie i z uśmiechem.",
)
MIXED = (
    "Obsługa w porządku, ale parking za mały.",
    "Uprzejmie, tylko formularz ma za dużo rubryk.",
    "Przydałby się jeden dzień w tygodniu do osiemnastej.",
    "Na stronie trudno znaleźć właściwy wniosek.",
    "Oznakowanie w środku mylące, szukałam pokoju kwadrans.",
    "W porządku, ale mogłaby być informacja, ile jeszcze poczekam.",
    "Winda nie działała, poza tym dobrze.",
    "Proszę o wzory wypełnionych wniosków na ścianie.",
)
BAD = (
    "Czekałam godzinę i dziesięć minut, numerki skończyły się o jedenastej.",
    "Odsyłano mnie od pokoju do pokoju, nikt nie wiedział, kto prowadzi sprawę.",
    "Termin minął dwa tygodnie temu, a odpowiedzi nadal nie ma.",
    "W formularzu rejestracji jest pole, którego nikt nie umiał mi wytłumaczyć.",
    "Drugi raz przyjechałem, bo przez telefon nie powiedziano o załączniku.",
    "Proszę oddzwonić: 600 000 000, sprawa nadal nie jest załatwiona.",
    "Pani Zmyślona z sekretariatu była nieuprzejma.",
    "Pismo napisane takim językiem, że nie wiem, co mam zrobić.",
    "Tylko jedno okienko czynne z czterech.",
    "Wysłałem skan na adres jan.przykladowski@example.org i cisza.",
)


def remark(opinion: float, chance: np.random.Generator) -> str:
    """What a client of this opinion might write."""
    pool = GOOD if opinion > 0.4 else BAD if opinion < -0.5 else MIXED
    return str(chance.choice(pool))
