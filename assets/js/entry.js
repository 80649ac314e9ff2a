// Keyed entry of paper forms: one key per answer. Without this file the same page works with Tab.
import { isShown } from "./conditions.js";

const form = document.querySelector("form[data-typing]");
if (form) start(form);

function start(form) {
  const rules = JSON.parse(document.getElementById("typing-rules").textContent);
  const rows = [...form.querySelectorAll(".typing-row[data-kind]")];
  const now = form.querySelector("[data-now]");
  const echo = form.querySelector("[data-echo]");
  const wrong = form.querySelector("[data-wrong-key]");
  const memory = `okienko-typing-${form.dataset.typing}`;
  let current = null;

  const inputs = (row) => [...row.querySelectorAll("select, input, textarea")];
  const boxes = (row) => [...row.querySelectorAll("input[type=checkbox]")];
  const isOff = (row) => row.classList.contains("is-skipped");

  function values() {
    const found = {};
    for (const row of rows) {
      if (isOff(row)) continue;
      for (const input of inputs(row)) {
        if (input.type === "checkbox" && !input.checked) continue;
        if (!input.dataset.special && input.value !== "") {
          found[input.name] = row.dataset.kind === "date" || row.dataset.kind === "text" ? input.value : Number(input.value.replace(",", "."));
        }
      }
    }
    return found;
  }

  // In the order of the sheet: what an earlier answer hides must not hide or show a later question.
  function skip() {
    for (const row of rows) row.classList.remove("is-skipped");
    for (const question of Object.keys(rules.shown)) {
      const off = !isShown(rules.shown[question], values(), rules.groups);
      for (const row of rows) {
        if (row.dataset.question !== question) continue;
        row.classList.toggle("is-skipped", off);
        for (const input of inputs(row)) input.disabled = off;
      }
    }
  }

  function words(row) {
    if (isOff(row)) return form.dataset.skipped;
    const select = row.querySelector("select");
    if (select) return select.selectedOptions[0]?.value ? select.selectedOptions[0].text : form.dataset.empty;
    const marked = boxes(row).filter((box) => box.checked).map((box) => box.parentElement.innerText.trim());
    const typed = row.querySelector("input:not([type=checkbox]), textarea")?.value;
    return [...(typed ? [typed] : []), ...marked].join("; ") || form.dataset.empty;
  }

  function title(row) {
    return row.querySelector("label, legend").innerText;
  }

  function mark(row) {
    if (row === current) return;
    current?.classList.remove("is-now");
    current = row;
    if (!row) return;
    row.classList.add("is-now");
    now.textContent = title(row);
    wrong.textContent = "";
  }

  function go(row) {
    if (!row) return;
    mark(row);
    inputs(row)[0].focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    let place = rows.indexOf(current) + step;
    while (rows[place] && isOff(rows[place])) place += step;
    if (rows[place]) go(rows[place]);
    else if (step > 0) {
      form.querySelector("button[type=submit]").focus();
      now.textContent = form.dataset.last;
    }
  }

  function done(row) {
    skip();
    echo.textContent = `${row.dataset.number}: ${words(row)}`;
    remember();
    move(1);
  }

  function refuse(row, key) {
    const keys = [...row.querySelectorAll("[data-key]")].map((item) => item.dataset.key).join(" ");
    const text = form.dataset.wrong.replace("{key}", key).replace("{question}", row.dataset.number);
    wrong.textContent = `${text} ${form.dataset.allowed} ${keys}`;
  }

  function press(row, key) {
    const found = [...row.querySelectorAll("[data-key]")].find((item) => item.dataset.key === key.toLowerCase());
    if (!found) return refuse(row, key);
    wrong.textContent = "";
    if (row.dataset.kind === "code") {
      found.closest("select").value = found.value;
      return done(row);
    }
    found.checked = !found.checked;
    if (found.checked) {
      for (const box of boxes(row)) {
        if (box !== found && ("special" in found.dataset || "special" in box.dataset)) box.checked = false;
      }
    }
    if ("special" in found.dataset && found.checked) return done(row);
    echo.textContent = `${row.dataset.number}: ${words(row)}`;
    remember();
  }

  function clear(row) {
    for (const input of inputs(row)) {
      if (input.type === "checkbox") input.checked = false;
      else input.value = "";
    }
  }

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest(".typing-row[data-kind]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return form.requestSubmit();
    }
    if (event.key === "Backspace" && event.target.type === "submit") {
      event.preventDefault();
      return go(rows.findLast((item) => !isOff(item)));
    }
    if (!row || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    mark(row);
    const writes = event.target.matches("textarea, input:not([type=checkbox])");
    const { key } = event;
    if (key === "Enter" && !(event.shiftKey && writes)) done(row);
    else if (key === "Backspace" && (!writes || event.target.value === "")) move(-1);
    else if (key === "Delete" && !writes) { clear(row); skip(); remember(); echo.textContent = `${row.dataset.number}: ${words(row)}`; }
    else if (key === "ArrowUp" && !writes) move(-1);
    else if (key === "ArrowDown" && !writes) move(1);
    else if (key.length === 1 && key !== " " && !writes) press(row, key);
    else if ((key === "-" || key === "*") && event.target.value === "" && row.dataset.kind !== "text" && row.querySelector(`[data-key="${key}"]`)) press(row, key);
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusin", (event) => mark(event.target.closest(".typing-row[data-kind]") || current));
  form.addEventListener("change", () => { skip(); remember(); });
  form.addEventListener("submit", () => sessionStorage.removeItem(memory));

  // A reload goes on where one was. Only codes are kept, only in this tab; words never.
  function remember() {
    const kept = rows.filter((row) => row.dataset.kind !== "text").flatMap(inputs)
      .filter((input) => (input.type === "checkbox" ? input.checked : input.value !== ""))
      .map((input) => [input.id, input.value]);
    sessionStorage.setItem(memory, JSON.stringify({ kept, at: current?.dataset.item }));
  }

  function recall() {
    const stored = sessionStorage.getItem(memory);
    if (!stored) return null;
    const { kept, at } = JSON.parse(stored);
    for (const [id, value] of kept) {
      const input = document.getElementById(id);
      if (!input || !form.contains(input)) continue;
      if (input.type === "checkbox") input.checked = true;
      else input.value = value;
    }
    return rows.find((row) => row.dataset.item === at);
  }

  const left = recall();
  skip();
  if (!document.querySelector("[data-error-summary]")) go(left || rows.find((row) => !isOff(row)));
}
