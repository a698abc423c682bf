/* A person's own device keeps what they type, if they say that it is theirs alone; what was sent it forgets. */

const store = (() => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
})();
const forget = (key) => store?.removeItem(key);
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "key"]);

for (const sent of document.querySelectorAll("[data-sent]")) forget(sent.getAttribute("data-sent"));

const kept = (key) => {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
};

const fill = (form, values) => {
  const left = values.map(([name, value]) => JSON.stringify([name, value]));
  for (const field of form.querySelectorAll("[name]:not([type=hidden], button)")) {
    if (["radio", "checkbox"].includes(field.type)) {
      field.checked = left.includes(JSON.stringify([field.name, field.value]));
    } else {
      field.value = values.find(([name]) => name === field.name)?.[1] ?? "";
    }
  }
};

const offer = (part) => {
  const form = part.closest("form");
  const box = part.querySelector("input");
  const key = part.getAttribute("data-key");
  const typed = () => [...new FormData(form)].filter(([name]) => !NOT_KEPT.has(name));
  const keep = () => {
    try {
      store.setItem(key, JSON.stringify({ at: Date.now(), values: typed() }));
    } catch {
      /* Full: the server has it all the same. */
    }
  };

  part.hidden = false;
  const found = kept(key);
  box.checked = Boolean(found);
  const server = Date.parse(part.getAttribute("data-saved-at") ?? "") || 0;
  const asShown = (values) => JSON.stringify(values);
  const ofThisPage = found?.values.find(([name]) => name === "seen")?.[1] === form.elements.seen.value;
  // The server keeps seconds; a copy of the same moment is the same draft.
  if (found && ofThisPage && found.at > server + 2000 && asShown(found.values) !== asShown(typed())) {
    fill(form, found.values);
    const when = new Date(found.at).toLocaleString("ja-JP", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" });
    const said = document.getElementById("restored");
    said.textContent = said.getAttribute("data-words").replace("{when}", when);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.addEventListener("change", () => (box.checked ? keep() : forget(key)));
  form.addEventListener("input", (event) => box.checked && event.target !== box && keep());
  for (const button of document.querySelectorAll("[data-discards] form")) button.addEventListener("submit", () => forget(key));
};

const part = document.getElementById("own-device");
if (part && store) offer(part);
