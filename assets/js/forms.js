// Forms: focus the list of errors, send once, warn before unsaved work is lost.
const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  // A page restored from the browser's cache may be sent again.
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) changed.add(form);
});
document.addEventListener("submit", () => changed.clear());
addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

// <button data-print>, <button data-toggle-password="id">
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
