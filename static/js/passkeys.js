// A form whose button asks the browser for a passkey first and sends what it gives. Without passkeys the form says so, or stays away.
const api = globalThis.webauthnJSON;
const said = document.querySelector("[data-passkey-said]");

function say(form, what) {
  form.querySelector("[data-none]")?.remove();
  const line = said.content.firstElementChild.cloneNode(true);
  line.textContent = line.dataset[what];
  form.prepend(line);
}

async function options(form) {
  if (form.dataset.passkey === "log-in") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }
  const given = JSON.parse(document.querySelector("#passkey-options").textContent);
  return given.creation_options ?? given.request_options;
}

async function ask(form) {
  const wanted = await options(form);
  if (form.dataset.passkey !== "create") return api.get(wanted);
  const alone = form.elements.passwordless.checked;
  const choice = wanted.publicKey.authenticatorSelection;
  choice.residentKey = alone ? "required" : "discouraged";
  choice.requireResidentKey = alone;
  if (alone) choice.userVerification = "required";
  return api.create(wanted);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const can = api?.supported();
  if (can) form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!can) {
      say(form, "none");
      return;
    }
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
    } catch (problem) {
      say(form, problem.name === "InvalidStateError" ? "known" : "stopped");
      return;
    }
    form.submit();
  });
}
