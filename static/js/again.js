/* [data-again] is asked for anew after so many seconds, and takes the place of what the page shows: the server alone
   knows what is so. Nothing is taken from under somebody's hand, nor from a page that nobody looks at. */

const renew = async (part) => {
  const busy = part.contains(document.activeElement) && document.activeElement !== document.body;
  if (document.hidden || busy) return;
  try {
    const answer = await fetch(location.href, { redirect: "error" });
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page && page.getElementById(part.id);
    if (now) part.replaceChildren(...now.childNodes);
  } catch {
    /* Nobody answers: what stands there stays, with its time. */
  }
};

for (const part of document.querySelectorAll("[data-again]")) {
  setInterval(renew, Number(part.dataset.again) * 1000, part);
}
