// What is typed is kept: on the server two seconds after typing stops, and in this window until the server has it.
const line = document.querySelector("[data-autosave]");
const form = document.querySelector("[data-report-form]");
const PREFIX = "newsroom-draft:";
const IGNORED = new Set(["csrfmiddlewaretoken", "_save", "_submit", "_more"]);

function store(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // full, or switched off: the server's draft is what there is
  }
}

function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

document.querySelector("#logout-form")?.addEventListener("submit", () => {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // nothing is kept where nothing may be
  }
});

if (line && form) {
  const { autosave: url, autosaveCopy: key, autosaveDelay: delay } = line.dataset;
  const bound = "autosaveBound" in line.dataset;
  const fields = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !IGNORED.has(name));
  let last = "";
  let timer = 0;
  let sending = false;

  const say = (text) => {
    if (line.textContent !== text) line.textContent = text;
  };

  async function keep() {
    if (sending) {
      timer = setTimeout(keep, delay);
      return;
    }
    const typed = fields();
    const now = JSON.stringify(typed);
    if (now === last) return;
    if (!url) {
      last = now;
      say(line.dataset.local);
      return;
    }
    sending = true;
    const token = form.elements.csrfmiddlewaretoken.value;
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        body: new URLSearchParams(typed),
        redirect: "manual",
      });
      if (answer.ok) {
        const { at } = await answer.json();
        last = now;
        if (JSON.stringify(fields()) === now) store(key, null);
        say(line.dataset.kept.replace("{time}", at));
      } else if (answer.headers.get("content-type")?.startsWith("application/json")) {
        say((await answer.json()).why);
      } else {
        say(answer.status >= 500 ? line.dataset.lost : line.dataset.out);
      }
    } catch {
      say(line.dataset.lost);
    } finally {
      sending = false;
    }
  }

  function typed() {
    const now = fields();
    if (JSON.stringify(now) === last) return;
    store(key, { fields: now });
    clearTimeout(timer);
    timer = setTimeout(keep, delay);
  }

  // Which page's text is on its way: once an answer says that it is saved, the copy may go.
  const sent = () => store(`${PREFIX}sent`, { key, page: form.elements.page_key.value });

  function offerBack(copy) {
    const section = document.querySelector("[data-autosave-restore]").content.firstElementChild.cloneNode(true);
    const back = section.querySelector("form");
    back.action = form.action;
    const names = copy.fields.filter(([name]) => name !== "page_key");
    for (const [name, value] of [...names, ["page_key", form.elements.page_key.value], ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]) {
      back.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    section.querySelector("[data-drop]").addEventListener("click", () => {
      store(key, null);
      section.remove();
    });
    back.addEventListener("submit", sent);
    form.before(section);
  }

  const fresh = stored(`${PREFIX}sent`);
  store(`${PREFIX}sent`, null);
  // The answer names the page whose text is saved now. A version that moved on says nothing: it may be somebody else's save.
  if (fresh && !bound && document.querySelector(`.messagelist .page-${CSS.escape(fresh.page)}`)) store(fresh.key, null);
  const copy = stored(key);
  // The editor rewrites its field once it is ready: what it then says is where typing starts from.
  const begin = () => {
    if (!bound) last ||= JSON.stringify(fields());
    else typed();
  };
  if (copy && !bound) offerBack(copy);
  const editor = document.querySelector("[data-editor-words]");
  let begun = false;
  for (const name of ["input", "change", "keyup", "click"]) {
    document.addEventListener(name, (event) => {
      if (!event.target.closest?.("[data-report-form]")) return;
      if (begun) setTimeout(typed);
    });
  }
  const start = () => {
    if (begun) return;
    begun = true;
    begin();
  };
  if (editor) editor.addEventListener("prose-editor:ready", () => setTimeout(start));
  form.addEventListener("focusin", start);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sent();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
