// <a href="/…/usun/" data-dialog> leads to a page that asks in words. With script
// the question opens over this page; without it, or on a failure, the link works.
async function ask(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("[data-dialog-body]");
  if (!body) throw new Error("no question on the page");
  const sheet = document.createElement("dialog");
  sheet.className = "sheet";
  sheet.append(document.importNode(body, true));
  const heading = sheet.querySelector("h1, h2");
  if (heading) {
    heading.id ||= "dialog-heading";
    sheet.setAttribute("aria-labelledby", heading.id);
  }
  sheet.addEventListener("close", () => { sheet.remove(); link.focus(); });
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-dialog-close]")) {
      event.preventDefault();
      sheet.close();
    }
  });
  document.body.append(sheet);
  sheet.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  ask(link).catch(() => location.assign(link.href));
});
