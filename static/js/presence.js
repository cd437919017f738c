// Says every half minute that this page is open, and shows who else writes. It draws what the server answers, and nothing when it does not.
const line = document.querySelector("[data-presence]");

if (line) {
  const { presence: url, presencePage: page, presenceEvery: seconds } = line.dataset;
  const list = line.querySelector("ul");
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const said = (more = {}) => new URLSearchParams({ page_key: page, csrfmiddlewaretoken: token, ...more });

  const show = (sentences) => {
    if ([...list.children].map((each) => each.textContent).join("\n") === sentences.join("\n")) return; // said once
    list.replaceChildren(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text, dir: "auto" })));
  };

  const beat = async () => {
    try {
      const answer = await fetch(url, { method: "POST", body: said(), redirect: "manual" });
      show(answer.ok ? (await answer.json()).writers : []);
    } catch {
      show([]);
    }
  };

  beat();
  setInterval(beat, Number(seconds) * 1000);
  window.addEventListener("pagehide", () => navigator.sendBeacon(url, said({ gone: "1" })));
}
