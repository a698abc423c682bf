/* A page that lies open tells what has changed since: each [data-live] is asked for again, every so many seconds
   while somebody can see it, and what is different takes the place of what was there. Nothing moves, focus stays. */

const TIMEOUT = 10000;
const MOST_FAILURES = 3;
const region = document.querySelector("[data-live]");
const status = document.getElementById("live-status");
const pause = Number(region.dataset.live) * 1000;
const attributes = (node) => [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort().join();
const text = (node) => [...node.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE).map((each) => each.data.trim()).join();
const selected = (node) => !getSelection().isCollapsed && getSelection().containsNode(node, true);

let tag = "";
let asked = Date.now();
let failures = 0;
let timer;

/* As little as possible is replaced: what is the same around a change stays, and so does what somebody is marking. */

const renew = (old, fresh) => {
  if (old.isEqualNode(fresh)) return false;
  const [ours, theirs] = [[...old.children], [...fresh.children]];
  const framed = attributes(old) === attributes(fresh) && text(old) === text(fresh) && ours.length === theirs.length;
  if (framed && ours.length && ours.every((each, at) => each.tagName === theirs[at].tagName && each.id === theirs[at].id)) {
    return ours.map((each, at) => renew(each, theirs[at])).some(Boolean);
  }
  if (selected(old)) return false;
  old.replaceWith(fresh);
  return true;
};

/* What stands highest in the window stays where it is; who stood on a link that was replaced stands on its like. */

const holding = (change) => {
  const focused = document.activeElement?.closest?.("[data-live] a");
  const seen = [...region.querySelectorAll("[id]")].find((each) => each.getBoundingClientRect().top >= 0);
  const top = seen?.getBoundingClientRect().top;
  const changed = change();
  const same = seen && document.getElementById(seen.id);
  if (same) scrollBy({ top: same.getBoundingClientRect().top - top, behavior: "instant" });
  if (focused && !focused.isConnected) {
    [...region.querySelectorAll("a")].find((each) => each.href === focused.href)?.focus({ preventScroll: true });
  }
  return changed;
};

const say = (words) => {
  status.textContent = words && `${words} ${new Date().toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" })}`;
};

const look = async () => {
  asked = Date.now();
  const headers = { "X-Requested-With": "refresh", ...(tag && { "If-None-Match": tag }) };
  const answer = await fetch(location.href, { headers, redirect: "error", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...page.querySelectorAll("[data-live] > [id]")];
  if (parts.length === 0) throw new Error("no parts");
  tag = answer.headers.get("ETag") ?? "";
  if (holding(() => parts.map((part) => renew(document.getElementById(part.id), part)).some(Boolean))) say(status.dataset.changed);
};

const again = () => {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(follow, Math.max(0, asked + pause - Date.now()));
};

const follow = async () => {
  try {
    await look();
    failures = 0;
  } catch {
    failures += 1;
    if (failures === MOST_FAILURES) return say(status.dataset.stopped);
  }
  again();
};

document.addEventListener("visibilitychange", again);
again();
