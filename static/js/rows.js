// Rows of pictures, sources and credits: one more without a round trip, moved by buttons, a picture shown by its number.
function renumber(block) {
  [...block.querySelectorAll(":scope > .rows__row")].forEach((row, place) => {
    row.querySelector("legend").textContent = place + 1;
    const order = row.querySelector("[data-order]");
    if (order) order.value = place + 1;
  });
  block.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(row, back) {
  const other = back ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.classList.contains("rows__row")) return;
  if (back) other.before(row);
  else other.after(row);
  renumber(row.parentElement);
}

function equip(row, block) {
  const order = row.querySelector("[data-order]");
  if (!order) return;
  const buttons = document.createElement("p");
  buttons.className = "rows__moves";
  for (const [label, back] of [[block.dataset.up, true], [block.dataset.down, false]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", () => {
      move(row, back);
      button.focus();
    });
    buttons.append(button);
  }
  order.closest(".form-row").replaceWith(Object.assign(order, { type: "hidden" }));
  row.append(buttons);
}

function addRow(block, empty) {
  const total = block.querySelector(`[name="${block.dataset.rows}-TOTAL_FORMS"]`);
  const row = empty.content.firstElementChild.cloneNode(true);
  for (const element of [row, ...row.querySelectorAll("[name], [id], [for], [aria-describedby]")]) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll("__prefix__", total.value));
    }
  }
  empty.before(row);
  equip(row, block);
  total.value = String(Number(total.value) + 1);
  row.querySelector("legend").textContent = block.querySelectorAll(":scope > .rows__row").length;
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

for (const block of document.querySelectorAll("[data-rows]")) {
  const empty = block.querySelector("template[data-rows-empty]");
  block.querySelectorAll(":scope > .rows__row").forEach((row) => equip(row, block));
  block.querySelector('button[name="_more"]')?.addEventListener("click", (event) => {
    event.preventDefault();
    addRow(block, empty);
  });
  block.addEventListener("change", (event) => {
    if (!event.target.matches("[data-picture]")) return;
    const row = event.target.closest(".rows__row");
    const picture = row.querySelector("img") ?? Object.assign(document.createElement("img"), { alt: "", width: 120, className: "rows__picture" });
    picture.hidden = !/^\d+$/.test(event.target.value);
    if (picture.hidden) return;
    picture.src = block.dataset.thumb.replace("/0/", `/${event.target.value}/`);
    row.querySelector("legend").after(picture);
  });
}
