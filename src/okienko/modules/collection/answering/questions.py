"""One question of a definition as HTML segments, in one language. Field names: engine `validation`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from okienko.engines.questionnaire import (
    Question,
    Questionnaire,
    Row,
    Scale,
    Texts,
    choice_note,
    message,
)
from okienko.modules.collection.answering.controls import choice, number_row, specials
from okienko.modules.collection.answering.markup import (
    Compiled,
    Markup,
    described,
    problem,
    selected,
    typed,
    when_shown,
)

ROW_OF_NUMBERS = 4  # a scale of more points, or of a grid, is drawn as a row of numbered buttons


class QuestionWriter:
    """Writes the questions of one questionnaire in one language."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire, self.language = questionnaire, language
        self._kinds: dict[str, Callable[[Markup, Question], None]] = {
            "single": self._single,
            "multiple": self._multiple,
            "scale": self._scale,
            "recommendation": self._recommendation,
            "grid": self._grid,
            "pair": self._pair,
            "ranking": self._ranking,
            "number": self._line,
            "date": self._line,
            "text": self._line,
            "long_text": self._line,
            "information": self._information,
        }

    def write(self, question: Question) -> Compiled:
        markup = Markup()
        self._kinds[question.kind](markup, question)
        return markup.freeze()

    def say(self, texts: Texts) -> str:
        """The text in this language, or in the questionnaire's own, escaped."""
        return escape(texts.get(self.language) or texts.get(self.questionnaire.default_language, ""))

    def word(self, key: str, **params: int | str) -> str:
        return escape(message(key, self.language, **params))

    def _open(self, markup: Markup, question: Question, fields: Sequence[str]) -> None:
        """A fieldset whose legend is the question, with its help and its message."""
        ident = f"q-{question.code}"
        note = choice_note(question, self.language) if question.kind in ("multiple", "ranking") else ""
        hint = " ".join(part for part in (self.say(question.help), escape(note)) if part)
        help_id = f"h-{question.code}" if hint else ""
        markup.add(f'<fieldset class="a-q" id="{ident}"', described(fields, f"e-{question.code}", help_id))
        markup.add(f' tabindex="-1"><legend>{self._legend(question)}</legend>')
        if hint:
            markup.add(f'<p class="a-help" id="{help_id}">{hint}</p>')
        markup.add(problem(fields, f"e-{question.code}", message("error_prefix", self.language)))

    def _legend(self, question: Question) -> str:
        mark = f' <small class="muted">{self.word("required_mark")}</small>' if question.required else ""
        return self.say(question.text) + mark

    def _single(self, markup: Markup, question: Question) -> None:
        fields = [question.code, f"{question.code}_other"]
        self._open(markup, question, fields)
        markup.add('<div class="a-opts">')
        for option in question.options:
            one = choice("radio", question.code, option.value, self.say(option.text))
            markup.add(when_shown(question.code, option.value, one) if option.condition else "")
            markup.add(*(() if option.condition else one))
        markup.add("</div>")
        self._other(markup, question)
        specials(markup, question.code, question, self.language)
        markup.add("</fieldset>")

    def _multiple(self, markup: Markup, question: Question) -> None:
        items = [f"{question.code}_{option.value}" for option in question.options]
        self._open(markup, question, [question.code, *items, f"{question.code}_other"])
        markup.add('<div class="a-opts">')
        for item, option in zip(items, question.options, strict=True):
            one = choice("checkbox", item, 1, self.say(option.text))
            markup.add(when_shown(question.code, option.value, one) if option.condition else "")
            markup.add(*(() if option.condition else one))
        markup.add("</div>")
        self._other(markup, question)
        specials(markup, f"{question.code}__m", question, self.language, kind="checkbox")
        markup.add("</fieldset>")

    def _scale(self, markup: Markup, question: Question) -> None:
        self._open(markup, question, [question.code])
        scale = self.questionnaire.scale(question.scale)
        assert scale is not None
        if all(self.say(point.text) for point in scale.points):
            markup.add('<div class="a-opts">')
            for point in scale.points:
                markup.add(*choice("radio", question.code, point.value, self.say(point.text)))
            markup.add("</div>")
        else:
            self._numbers(markup, question.code, scale)
        specials(markup, question.code, question, self.language)
        markup.add("</fieldset>")

    def _recommendation(self, markup: Markup, question: Question) -> None:
        self._open(markup, question, [question.code])
        scale = self.questionnaire.scale(question.scale)
        labels = {point.value: self.say(point.text) for point in scale.points} if scale else {}
        number_row(markup, question.code, [(value, labels.get(value, "")) for value in range(11)])
        specials(markup, question.code, question, self.language)
        markup.add("</fieldset>")

    def _grid(self, markup: Markup, question: Question) -> None:
        scale = self.questionnaire.scale(question.scale)
        assert scale is not None
        self._heading(markup, question)
        for row in question.rows:
            self._rated(markup, question, f"{question.code}_{row.code}", self.say(row.text), scale)

    def _pair(self, markup: Markup, question: Question) -> None:
        """Satisfaction and importance of one thing, or of every row: two numbered rows in one box."""
        scale = self.questionnaire.scale(question.scale)
        weight = self.questionnaire.scale(question.importance_scale) or scale
        assert scale is not None and weight is not None
        self._heading(markup, question)
        rows: tuple[Row | None, ...] = question.rows or (None,)
        for row in rows:
            code = f"{question.code}_{row.code}" if row else question.code
            about = self.say(row.text) if row else self.say(question.text)
            for item, key, points in ((code, "satisfaction", scale), (f"{code}_imp", "importance", weight)):
                self._rated(markup, question, item, f"{about} – {self.word(key)}", points)

    def _heading(self, markup: Markup, question: Question) -> None:
        markup.add(
            f'<div class="a-block" id="q-{question.code}" tabindex="-1"><h2>{self._legend(question)}</h2>'
        )
        if question.help:
            markup.add(f'<p class="a-help">{self.say(question.help)}</p>')
        markup.add(
            problem([question.code], f"e-{question.code}", message("error_prefix", self.language)), "</div>"
        )

    def _rated(self, markup: Markup, question: Question, item: str, label: str, scale: Scale) -> None:
        markup.add(
            f'<fieldset class="a-q a-grid" id="q-{item}" tabindex="-1"', described([item], f"e-{item}"), ">"
        )
        markup.add(f"<legend>{label}</legend><div>")
        markup.add(problem([item], f"e-{item}", message("error_prefix", self.language)))
        self._numbers(markup, item, scale)
        specials(markup, item, question, self.language)
        markup.add("</div></fieldset>")

    def _numbers(self, markup: Markup, name: str, scale: Scale) -> None:
        number_row(markup, name, [(point.value, self.say(point.text)) for point in scale.points])

    def _ranking(self, markup: Markup, question: Question) -> None:
        items = [f"{question.code}_{option.value}" for option in question.options]
        self._open(markup, question, [question.code, *items])
        for item, option in zip(items, question.options, strict=True):
            markup.add(f'<p><label class="label" for="f-{item}">{self.say(option.text)}</label>')
            markup.add(f'<select class="input" id="f-{item}" name="{item}">')
            markup.add(f'<option value="">{self.word("no_choice")}</option>')
            for place in range(1, len(items) + 1):
                markup.add(f'<option value="{place}"', selected(item, place), f">{place}</option>")
            markup.add("</select></p>")
        specials(markup, f"{question.code}__m", question, self.language, kind="checkbox")
        markup.add("</fieldset>")

    def _line(self, markup: Markup, question: Question) -> None:
        """Number, date or text: one input under its label."""
        name, ident = question.code, f"q-{question.code}"
        hint = " ".join(part for part in (self.say(question.help), self._limits(question)) if part)
        help_id = f"h-{name}" if hint else ""
        markup.add(f'<div class="a-q"><label class="label" for="{ident}">{self._legend(question)}</label>')
        if hint:
            markup.add(f'<p class="a-help" id="{help_id}">{hint}</p>')
        markup.add(problem([name], f"e-{name}", message("error_prefix", self.language)))
        attributes = f'class="input" id="{ident}" name="{name}"'
        tied = described([name], f"e-{name}", help_id)
        if question.kind == "long_text":
            markup.add(f'<textarea {attributes} rows="5"', tied, ">\n", typed(name), "</textarea>")
        else:
            mode = {"number": ' inputmode="decimal"', "date": ' autocomplete="off"'}.get(question.kind, "")
            markup.add(f'<input type="text" {attributes}{mode} value="', typed(name), '"', tied, ">")
        specials(markup, f"{name}__m", question, self.language, kind="checkbox")
        markup.add("</div>")

    def _limits(self, question: Question) -> str:
        unit = self.say(question.unit)
        if question.kind == "date":
            return self.word("date_hint")
        if question.kind != "number" or question.minimum is None:
            return unit
        if question.maximum is None:
            return f"{self.word('number_from', least=question.minimum)} {unit}".strip()
        return f"{self.word('number_range', least=question.minimum, most=question.maximum)} {unit}".strip()

    def _information(self, markup: Markup, question: Question) -> None:
        markup.add(f'<div class="a-q a-info"><p>{self.say(question.text)}</p>')
        if question.help:
            markup.add(f'<p class="a-help">{self.say(question.help)}</p>')
        markup.add("</div>")

    def _other(self, markup: Markup, question: Question) -> None:
        if not any(option.other for option in question.options):
            return
        name = f"{question.code}_other"
        markup.add(
            f'<p class="a-other"><label class="label" for="f-{name}">{self.word("other_words")}</label>'
        )
        markup.add(
            f'<input class="input" type="text" id="f-{name}" name="{name}" value="', typed(name), '"></p>'
        )
