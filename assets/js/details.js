// Menus made of <details> close on Escape and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest("details.menu-box[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const box of document.querySelectorAll("details.menu-box[open]")) {
    if (!box.contains(event.target)) box.open = false;
  }
});
// Print what is folded away.
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("details.details:not([open])")) {
    box.open = true;
    box.dataset.printed = "1";
  }
});
addEventListener("afterprint", () => {
  for (const box of document.querySelectorAll("details[data-printed]")) {
    box.open = false;
    delete box.dataset.printed;
  }
});
