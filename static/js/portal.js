/* What a page does beyond HTML. Every journey works without it. */

const words = document.getElementById("script-words")?.dataset ?? {};
const AUTOSAVE_AFTER = 1000;
const RETRY_AFTER = 15000;
const SEND_TIMEOUT = 5000;
const RELEASE_AFTER = 10000;

/* A form's own properties (dataset, method, …) give way to fields of that name: attributes do not. */

const say = (form, text, trouble = false) => {
  const status = form.querySelector("[role=status]");
  if (!status) return;
  status.textContent = text;
  status.toggleAttribute("data-trouble", trouble);
};

/* Error summary, or what is asked once: focus it, and let its links land in the field, also in a closed fold. */

const summary = document.getElementById("error-summary");
(summary ?? document.getElementById("questions"))?.focus();
summary?.addEventListener("click", (event) => {
  const id = event.target.closest("a")?.hash.slice(1);
  const field = id && document.getElementById(id);
  if (!field) return;
  event.preventDefault();
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.focus({ preventScroll: true });
  (field.labels?.[0] ?? field).scrollIntoView({ block: "center" });
});

/* Counter: characters as readers see them, as foundation.ui.fields.visible_length counts them. */

const segmenter = Intl.Segmenter && new Intl.Segmenter("ja", { granularity: "grapheme" });
const length = (text) => [...(segmenter?.segment(text) ?? text)].length;

for (const line of document.querySelectorAll("[data-counter]")) {
  const field = document.getElementById(line.dataset.counter);
  const count = () => {
    const left = Number(field.dataset.max) - length(field.value);
    line.textContent = (left < 0 ? words.over : words.left).replace("{n}", Math.abs(left));
    line.toggleAttribute("data-over", left < 0);
  };
  field.addEventListener("input", (event) => event.isComposing || count());
  field.addEventListener("compositionend", count);
  field.addEventListener("blur", () => line.setAttribute("aria-live", "off"));
  field.addEventListener("focus", () => line.setAttribute("aria-live", "polite"));
  count();
}

/* The Japanese year beside a date. */

const day = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
  era: "long", year: "numeric", month: "long", day: "numeric", weekday: "short",
});

for (const field of document.querySelectorAll("input[type=date], input[type=datetime-local]")) {
  const echo = document.createElement("output");
  echo.className = "dads-field__echo";
  echo.htmlFor = field.id;
  const tell = () => {
    const [year, month, date] = field.value.slice(0, 10).split("-").map(Number);
    echo.textContent = field.value ? day.format(new Date(year, month - 1, date)).replace("(", "（").replace(")", "）") : "";
  };
  field.after(echo);
  field.addEventListener("change", tell);
  tell();
}

/* Drafts: one second after the last key the form goes to its autosave address. */

const timers = new WeakMap();

const saveIn = (form, delay) => {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(save, delay, form));
};

const save = async (form, leaves = false) => {
  const sent = new FormData(form);
  say(form, words.saving);
  try {
    const answer = await fetch(form.getAttribute("data-autosave-url"), {
      method: "POST", body: sent, redirect: "error", headers: { "X-Requested-With": "autosave" }, keepalive: leaves,
    });
    if (!answer.ok) throw new Error(answer.status);
    form.removeAttribute("data-unsaved");
    say(form, `${words.saved} ${new Date().toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" })}`);
  } catch {
    say(form, words.notSaved, true);
    saveIn(form, RETRY_AFTER);
  }
};

for (const form of document.querySelectorAll("form[data-autosave-url]")) {
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    form.setAttribute("data-unsaved", "");
    saveIn(form, AUTOSAVE_AFTER);
  });
  form.addEventListener("submit", () => clearTimeout(timers.get(form)));
}

/* A telephone may end a page that nobody looks at before its second is over. */
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-autosave-url][data-unsaved]:not([data-sending])")) {
    clearTimeout(timers.get(form));
    save(form, true);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved]:not([data-sending])")) event.preventDefault();
});

/* Sending: once, and only where somebody is there to receive; else the text stays on this page. */

const reachable = async () => {
  try {
    const answer = await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(SEND_TIMEOUT) });
    return answer.status < 500;
  } catch {
    return false;
  }
};

const sending = (form, stage) => {
  if (stage) form.setAttribute("data-sending", stage);
  else form.removeAttribute("data-sending");
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", String(Boolean(stage)));
};

const send = async (form, button) => {
  sending(form, "asking");
  say(form, words.sending);
  if (await reachable()) {
    form.setAttribute("data-sending", "ready");
    form.requestSubmit(button);
    setTimeout(sending, RELEASE_AFTER, form);
  } else {
    sending(form);
    say(form, words.notSent, true);
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post") return;
  const stage = form.getAttribute("data-sending");
  if (stage === "ready") {
    form.setAttribute("data-sending", "sent");
    return;
  }
  event.preventDefault();
  if (!stage) send(form, event.submitter);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    sending(form);
    say(form, "");
  }
});

/* What is still going on is asked for again; when it is over, the page is shown anew. */

const follow = (part) => setTimeout(async () => {
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "refresh" }, signal: AbortSignal.timeout(SEND_TIMEOUT) });
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page && page.getElementById(part.id);
    if (page && !now) return location.reload();
    if (now) part.replaceChildren(...now.childNodes);
  } catch {
    /* Away for a moment: the next time will tell. */
  }
  follow(part);
}, part.dataset.refresh * 1000);

for (const part of document.querySelectorAll("[data-refresh]")) follow(part);
