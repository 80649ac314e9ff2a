// htmx under a strict content security policy: no eval, no style of its own,
// no foreign address, no page of personal data kept in the browser's storage.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollBehavior: "auto",
  // A refused form (422) comes back with its errors and is shown.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

// A signed-out person gets the log-in page whole, not inside a table.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (requestConfig.verb === "get" && xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(requestConfig.path, location.href).pathname) {
    event.preventDefault();
    location.assign(xhr.responseURL);
  }
});

// What changed away from the focus is said aloud.
document.addEventListener("htmx:afterSettle", (event) => {
  const box = event.detail.requestConfig?.elt?.closest("[data-done]");
  if (box) announce(box.dataset.done);
});

// When the request failed, say so and offer the way that needs no script.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const box = event.detail.elt.closest("[data-failed]");
    if (box) announce(box.dataset.failed);
  });
}

export function announce(text) {
  const region = document.getElementById("live");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}
