"""Words of the answering page around the questions, in Polish, English and Ukrainian.

Other languages of a questionnaire fall back to Polish here, as the office's own language.
"""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "pl": {
        "skip": "Przejdź do ankiety",
        "languages": "Język ankiety",
        "anonymous": "Ankieta jest anonimowa. Nie zapisujemy adresu, urządzenia ani godziny.",
        "keeps": "Zmiana języka nie kasuje odpowiedzi.",
        "one_page": "Pokaż wszystkie pytania na jednej stronie",
        "leave_empty": "To pole proszę zostawić puste",
        "closed_title": "Ta ankieta jest już zakończona",
        "closed_text": "Odpowiedzi zbieraliśmy do {until}. Dziękujemy za chęć podzielenia się opinią.",
        "not_kept": "Ta odpowiedź nie została zapisana.",
        "early_title": "Ta ankieta jeszcze się nie zaczęła",
        "early_text": "Odpowiedzi będziemy zbierać od {since} do {until}.",
        "off_title": "Ten link jest wyłączony",
        "off_text": "Urząd nie zbiera już odpowiedzi pod tym adresem. W urzędzie dostanie Pani/Pan aktualny adres ankiety.",
        "unknown_title": "Nie ma takiej ankiety",
        "unknown_text": "Proszę sprawdzić, czy adres jest przepisany dokładnie. Najprościej zeskanować kod QR z plakatu.",
        "stale": "Strona była otwarta zbyt długo. Odpowiedzi są zachowane – proszę wysłać je jeszcze raz.",
        "foreign": "Nie udało się sprawdzić, skąd przyszła odpowiedź. Wszystkie odpowiedzi są zachowane – proszę wysłać"
        " je jeszcze raz.",
        "not_stored": "Odpowiedź NIE została zapisana, bo mamy chwilową awarię. Wszystkie odpowiedzi są zachowane na tej"
        " stronie. Proszę za chwilę wysłać je jeszcze raz.",
        "not_read_title": "Nie udało się przyjąć formularza",
        "too_big": "Odpowiedź jest za długa, żeby ją przyjąć. Proszę skrócić wpisany tekst i wysłać ponownie.",
        "bad_request": "Nie udało się odczytać formularza. Proszę otworzyć ankietę jeszcze raz.",
        "down_title": "Mamy chwilową awarię",
        "down_text": "Nie możemy teraz pokazać ankiety. Proszę spróbować za kilka minut.",
        "done_title": "Dziękujemy. Odpowiedź jest zapisana.",
        "next_heading": "Co się z nią stanie",
        "next_collect": "Do {until} zbieramy odpowiedzi.",
        "next_results": "Potem policzymy wyniki, wszystkie ankiety razem. Uwagi wpisane własnymi słowami przeczyta koordynator"
        " badania – osobno, bez pozostałych odpowiedzi.",
        "next_change": "Wyniki dostanie kierownik urzędu razem z propozycją, co poprawić.",
        "complaint": "To nie jest skarga ani wniosek. Skargę można złożyć w urzędzie: na piśmie, ustnie do protokołu albo"
        " elektronicznie.",
    },
    "en": {
        "skip": "Skip to the survey",
        "languages": "Language of the survey",
        "anonymous": "The survey is anonymous. We store no address, no device and no time.",
        "keeps": "Changing the language keeps your answers.",
        "one_page": "Show all questions on one page",
        "leave_empty": "Please leave this field empty",
        "closed_title": "This survey has ended",
        "closed_text": "We collected answers until {until}. Thank you for wanting to share your opinion.",
        "not_kept": "This answer was not stored.",
        "early_title": "This survey has not started yet",
        "early_text": "We will collect answers from {since} to {until}.",
        "off_title": "This link is switched off",
        "off_text": "The office no longer collects answers at this address. Please ask the office for the current one.",
        "unknown_title": "There is no such survey",
        "unknown_text": "Please check that the address is copied exactly. Scanning the QR code on the poster is easiest.",
        "stale": "The page was open for too long. Your answers are kept – please send them again.",
        "foreign": "We could not check where the answer came from. Everything you marked is kept – please send it again.",
        "not_stored": "Your answer was NOT stored because of a temporary fault. Everything you marked is kept on this page."
        " Please send it again in a moment.",
        "not_read_title": "The form could not be accepted",
        "too_big": "The answer is too long to accept. Please shorten the text and send it again.",
        "bad_request": "The form could not be read. Please open the survey again.",
        "down_title": "We have a temporary fault",
        "down_text": "We cannot show the survey now. Please try again in a few minutes.",
        "done_title": "Thank you. Your answer is stored.",
        "next_heading": "What happens next",
        "next_collect": "We collect answers until {until}.",
        "next_results": "Then we work out the results, all answers together. Remarks in your own words are read by the"
        " coordinator of the survey – apart from your other answers.",
        "next_change": "The head of the office receives the results with a proposal of what to improve.",
        "complaint": "This is not a complaint or an application. A complaint can be made at the office in writing, orally for"
        " the record, or electronically.",
    },
    "uk": {
        "skip": "Перейти до анкети",
        "languages": "Мова анкети",
        "anonymous": "Анкета анонімна. Ми не зберігаємо ні адреси, ні пристрою, ні часу.",
        "keeps": "Зміна мови не стирає відповідей.",
        "one_page": "Показати всі запитання на одній сторінці",
        "leave_empty": "Залиште це поле порожнім",
        "closed_title": "Це опитування вже завершено",
        "closed_text": "Ми збирали відповіді до {until}. Дякуємо за бажання поділитися думкою.",
        "not_kept": "Цю відповідь не збережено.",
        "early_title": "Це опитування ще не почалося",
        "early_text": "Ми збиратимемо відповіді з {since} до {until}.",
        "off_title": "Це посилання вимкнено",
        "off_text": "Установа більше не збирає відповідей за цією адресою. Актуальну адресу можна отримати в установі.",
        "unknown_title": "Такого опитування немає",
        "unknown_text": "Перевірте, чи адресу переписано точно. Найпростіше відсканувати QR-код із плаката.",
        "stale": "Сторінка була відкрита надто довго. Відповіді збережено на сторінці – надішліть їх ще раз.",
        "foreign": "Не вдалося перевірити, звідки надійшла відповідь. Усе позначене збережено – надішліть ще раз.",
        "not_stored": "Відповідь НЕ збережено через тимчасовий збій. Усе позначене залишилося на цій сторінці. Надішліть"
        " ще раз за хвилину.",
        "not_read_title": "Не вдалося прийняти форму",
        "too_big": "Відповідь надто довга. Скоротіть текст і надішліть ще раз.",
        "bad_request": "Не вдалося прочитати форму. Відкрийте анкету ще раз.",
        "down_title": "Тимчасовий збій",
        "down_text": "Зараз ми не можемо показати анкету. Спробуйте за кілька хвилин.",
        "done_title": "Дякуємо. Відповідь збережено.",
        "next_heading": "Що буде далі",
        "next_collect": "До {until} ми збираємо відповіді.",
        "next_results": "Потім підрахуємо результати, усі анкети разом. Зауваження, написані власними словами, прочитає"
        " координатор опитування – окремо, без решти відповідей.",
        "next_change": "Керівник установи отримає результати разом із пропозицією, що поліпшити.",
        "complaint": "Це не скарга і не заява. Скаргу можна подати в установі: письмово, усно до протоколу або"
        " електронно.",
    },
}
MONTHS = {
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}


def word(key: str, language: str, **params: str) -> str:
    return WORDS.get(language, WORDS["pl"])[key].format(**params)


def day_in_words(day, language: str) -> str:
    """`22 listopada 2026`."""
    months = MONTHS.get(language, MONTHS["pl"]).split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
