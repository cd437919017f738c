// Names chosen from a list: each chosen one becomes a chip that can be removed; one input, completed by the browser, adds the next.
for (const block of document.querySelectorAll("[data-names]")) {
  const inputs = [...block.querySelectorAll("input")];
  const entry = inputs.at(-1);
  const known = new Set([...(entry.list?.options ?? [])].map((option) => option.value));

  const chips = () => [...block.querySelectorAll(".chip")];

  function changed() {
    block.dispatchEvent(new Event("input", { bubbles: true }));
    chips().forEach((chip, place) => chip.classList.toggle("chip--first", place === 0 && "first" in block.dataset));
  }

  function chip(name, id) {
    const made = document.createElement("span");
    made.className = known.size && !known.has(name) ? "chip chip--unknown" : "chip";
    const value = Object.assign(document.createElement("input"), { type: "hidden", name: entry.name, value: name });
    const shown = document.createElement("first" in block.dataset ? "button" : "span");
    shown.textContent = name;
    shown.dir = "auto";
    shown.className = "chip__name";
    if (shown.type) {
      shown.type = "button";
      shown.title = `${block.dataset.makeFirst} ${name}`;
      shown.dataset.mark = block.dataset.first;
      shown.addEventListener("click", () => {
        block.prepend(made);
        changed();
        shown.focus();
      });
    }
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "chip__remove", textContent: "×" });
    remove.setAttribute("aria-label", `${block.dataset.remove} ${name}`);
    remove.addEventListener("click", () => {
      made.remove();
      changed();
      entry.focus();
    });
    made.append(value, shown, remove);
    return made;
  }

  function take() {
    const names = entry.value.split(/[,،、，]/).map((name) => name.trim()).filter(Boolean);
    const standing = new Set(chips().map((each) => each.querySelector("input").value));
    for (const name of names) if (!standing.has(name)) entry.before(chip(name));
    entry.value = "";
    if (names.length) changed();
  }

  const legend = block.closest("fieldset")?.querySelector("legend");
  entry.id = inputs[0].id;
  for (const input of inputs.slice(0, -1)) {
    if (input.value.trim()) block.insertBefore(chip(input.value.trim()), input);
    input.remove();
  }
  entry.removeAttribute("aria-label");
  if (legend) entry.setAttribute("aria-labelledby", (legend.id ||= `${entry.id}_legend`));
  take();
  chips().forEach((each, place) => each.classList.toggle("chip--first", place === 0 && "first" in block.dataset));
  entry.addEventListener("change", take);
  entry.addEventListener("input", () => known.has(entry.value) && ![...known].some((name) => name !== entry.value && name.startsWith(entry.value)) && take());
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // a name is taken as soon as it is whole: Enter must not save the report then
      take();
    } else if (event.key === "Backspace" && !entry.value) chips().at(-1)?.querySelector(".chip__remove").focus();
  });
  entry.form?.addEventListener("submit", take, { capture: true });
}
