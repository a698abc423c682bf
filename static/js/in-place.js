/* Inside [data-in-place] a form that is sent changes its part of the page, and nothing else moves.
   The answer holds elements by id: each takes the place of the one that the page has, stands where data-after,
   data-first or data-last says, or takes it away (data-gone). Whatever else comes back is left to a full page. */

const AGAIN = "data-whole-page";
const named = (id) => id && document.getElementById(id);

const put = (part) => {
  const there = named(part.id);
  const { after, first, last, gone } = part.dataset;
  if (there?.getAttribute("role") === "status") return there.replaceChildren(...part.childNodes);
  const above = named(after);
  const list = named(first ?? last);
  if (gone !== undefined) return there?.remove();
  if (!above && !list) return there?.replaceWith(part);
  there?.remove();
  if (above) above.after(part);
  else if (last) list.append(part);
  else list.prepend(part);
};

/* Where one typed, or the button that one pressed if it is still to be seen (of several alike the one in its place),
   or the first thing in what has changed. */

const alike = (form) => [...document.querySelectorAll("[data-in-place] form")].filter((each) =>
  each.getAttribute("action") === form.getAttribute("action") &&
  each.querySelector("[name=direction]")?.value === form.querySelector("[name=direction]")?.value);

const goOn = (field, form, at, parts) => {
  const forms = alike(form);
  const pressed = [...forms[Math.min(at, forms.length - 1)]?.querySelectorAll("button") ?? []].find((each) => each.offsetParent);
  const changed = parts.flatMap((part) => [...part.querySelectorAll("a, button, textarea")]).find((each) => each.offsetParent);
  (field ?? pressed ?? changed)?.focus();
};

/* Cells typed one after the other: what is being typed elsewhere stays, and one goes on where one stands, or else at
   the next cell that is left, which does not move on the screen. */

const holdPlace = (form) => {
  const own = form.querySelector("[data-cell]");
  if (!own) return () => false;
  const all = [...document.querySelectorAll("[data-cell]")];
  const tops = new Map(all.map((cell) => [cell.id, cell.getBoundingClientRect().top]));
  const typed = all.filter((cell) => cell.id !== own.id && cell.value !== cell.defaultValue).map((cell) => [cell.id, cell.value]);
  const here = document.activeElement?.matches("[data-cell]") ? document.activeElement : own;
  const { id, selectionStart, selectionEnd } = here;
  const from = all.findIndex((cell) => cell.id === id);
  return () => {
    for (const [cell, value] of typed) if (named(cell)) named(cell).value = value;
    const next = [...all.slice(from), ...all.slice(0, from).reverse()].map((cell) => named(cell.id)).find(Boolean);
    next?.focus({ preventScroll: true });
    if (next?.id === id && id !== own.id) next.setSelectionRange(selectionStart, selectionEnd);
    else next?.select();
    if (next) scrollBy(0, next.getBoundingClientRect().top - tops.get(next.id));
    return Boolean(next);
  };
};

const change = async (form, button) => {
  const sent = new FormData(form, button);
  const text = form.querySelector("textarea[data-enter]");
  const typed = text?.value;
  if (text) text.value = "";
  form.setAttribute("data-sending", "in-place");
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "error", headers: { "X-Requested-With": "in-place" } });
    const html = answer.ok && await answer.text();
    const parts = html && [...new DOMParser().parseFromString(html, "text/html").body.children];
    if (!parts || parts.length === 0 || html.startsWith("<!")) throw new Error(answer.status);
    const since = text?.value;
    const again = text?.id;
    const at = alike(form).indexOf(form);
    const place = holdPlace(form);
    for (const part of parts) put(part);
    if (place()) return;
    const field = named(again);
    if (field && since) field.value = [field.value, since].filter(Boolean).join("\n");
    goOn(field, form, at, parts);
  } catch {
    /* Nobody answers, or it asks for more than a part: as without this script, with all that was typed. */
    if (text) text.value = [typed, text.value].filter(Boolean).join("\n");
    form.removeAttribute("data-sending");
    form.setAttribute(AGAIN, "");
    form.requestSubmit(button);
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-in-place]") || form.hasAttribute(AGAIN)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.getAttribute("data-sending") !== "in-place") change(form, event.submitter);
}, true);

/* Tab out of a cell that was changed saves it and goes on to the next one. */

document.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (event.key !== "Tab" || !cell.matches?.("[data-in-place] [data-cell]") || cell.value === cell.defaultValue) return;
  const cells = [...document.querySelectorAll("[data-cell]")];
  const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
  if (next) {
    event.preventDefault();
    next.focus();
    next.select();
  }
  cell.form.requestSubmit();
});

/* Enter sends what was typed, but not what an input method is still making; with Shift it is a new line.
   Alt with an arrow moves the line on which one stands. */

document.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !event.shiftKey && !composing && event.target.matches("textarea[data-enter]")) {
    event.preventDefault();
    const form = event.target.form;
    if (event.target.value.trim()) form.requestSubmit(form.querySelector("button[type=submit]"));
  }
  const line = event.altKey && event.target.closest?.("[data-in-place] li");
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const button = line && way && line.querySelector(`input[name=direction][value=${way}]`)?.form.querySelector("button");
  if (button) {
    event.preventDefault();
    button.click();
  }
});
