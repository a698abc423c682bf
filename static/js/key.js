/* Passkeys and security keys: allauth's scripts, loaded before, ask the browser; this tells what came of it. */

for (const said of document.querySelectorAll("[data-without-script]")) said.hidden = true;

const part = document.getElementById("key");

const ask = () => {
  const status = part.querySelector("[role=status]");
  const button = document.getElementById("key-button");
  const say = (text) => {
    status.textContent = text;
    status.toggleAttribute("data-trouble", Boolean(text));
  };
  part.hidden = false;
  if (!window.webauthnJSON?.supported()) {
    button.hidden = true;
    say(part.dataset.notSupported);
    return;
  }
  window.allauth.webauthn.forms[part.dataset.what]({
    ids: { add: "key-button", authenticate: "key-button", credential: "id_credential", data: "key-question" },
  });
  button.addEventListener("click", () => say(""));
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(part.dataset.notDone);
  });
};

if (part) ask();
