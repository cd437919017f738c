// Keyboard shortcuts. Single characters work only while no field has the focus, and not when they are switched off (WCAG 2.1.4).
const sheet = document.querySelector("[data-keys-sheet]");
const opener = document.querySelector("[data-keys-open]");
const off = sheet?.querySelector("[data-keys-off]");
const STORED = "desk-keys-off";
const ROWS = ".needs h3 a, .board li > a, .calendar .fact > a, #result_list .field-headline_shown a";
const PATIENCE_MS = 1500;
let begun = "";
let begunAt = 0;

function stored(value) {
  try {
    if (value !== undefined) localStorage.setItem(STORED, value ? "1" : "");
    return localStorage.getItem(STORED) === "1";
  } catch {
    return Boolean(off.checked); // no storage: it holds for this page
  }
}

function writes(target) {
  return target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true], dialog[open]");
}

function row(step) {
  const rows = [...document.querySelectorAll(ROWS)].filter((link) => link.checkVisibility?.() ?? true);
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}

function act(keys) {
  if (keys === "?") return sheet.showModal() ?? true;
  if (keys === "j" || keys === "k") return row(keys === "j" ? 1 : -1) ?? true;
  if (keys === "o") return document.activeElement.matches(ROWS) && (document.activeElement.click(), true);
  const bar = keys === "/" && document.getElementById("searchbar");
  if (bar) return bar.focus() ?? true;
  const link = [...sheet.querySelectorAll("a[data-keys]")].find((each) => each.dataset.keys === keys);
  return link ? (location.assign(link.href), true) : false;
}

function press(name) {
  const button = document.querySelector(`[name=${name}][form=report_form]`);
  if (!button || button.getAttribute("aria-disabled") === "true") return false;
  button.click();
  return true;
}

if (sheet && opener) {
  off.checked = stored();
  off.addEventListener("change", () => stored(off.checked));
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    sheet.showModal();
  });
  if (location.hash === "#searchbar") document.getElementById("searchbar")?.focus();
  // Before the editor, which has a meaning of its own for Ctrl and Enter.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat && event.key !== "j" && event.key !== "k") return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && !sheet.open) {
      const name = { s: "_save", Enter: "_submit" }[event.key];
      if (name && press(name)) {
        event.preventDefault();
        event.stopPropagation();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || off.checked || writes(event.target)) return;
    const follows = begun && event.timeStamp - begunAt < PATIENCE_MS;
    const keys = follows ? `${begun} ${event.key}` : event.key;
    begun = !follows && event.key === "g" ? "g" : "";
    begunAt = event.timeStamp;
    if (!begun && act(keys)) event.preventDefault();
  }, true);
}
