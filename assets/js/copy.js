// <button data-copy="id of a field" data-copied="Skopiowano">: the field stays
// selectable, so copying by hand works everywhere.
import { announce } from "./htmx.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    return; // no permission or no https: the text is selected, Ctrl+C copies it
  }
  announce(button.dataset.copied);
  const label = button.querySelector("[data-copy-label]");
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => { label.textContent = before; }, 2500);
});
document.documentElement.classList.add("has-script");
