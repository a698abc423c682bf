/* What a form makes, beside it: a moment after the last key the page is asked what it would show, and keeps nothing.
   Without this script the form's own button asks. */

const AFTER = 700;
const TIMEOUT = 10000;

const show = async (form, target) => {
  const sent = new FormData(form);
  sent.set("preview", "1");
  try {
    const headers = { "X-Requested-With": "preview" };
    const answer = await fetch(location.href, { method: "POST", body: sent, headers, redirect: "error", signal: AbortSignal.timeout(TIMEOUT) });
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page && page.getElementById(target.id);
    if (made) target.replaceChildren(...made.childNodes);
  } catch {
    /* What stood there stays: the button is still there. */
  }
};

for (const part of document.querySelectorAll("[data-previews]")) {
  const target = document.getElementById(part.dataset.previews);
  let timer;
  part.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(show, AFTER, event.target.form, target);
  });
}
