// The report's form: rows can be added without saving, unsaved text is not left by accident, the editor has a name.
const form = document.querySelector("[data-report-form]");

function addRows(block) {
  const empty = block.querySelector("template[data-rows-empty]");
  const total = block.querySelector(`[name="${block.dataset.rows}-TOTAL_FORMS"]`);
  if (!empty || !total) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "+";
  button.setAttribute("aria-label", block.closest("details")?.querySelector("summary")?.firstChild?.textContent.trim() + " +");
  button.addEventListener("click", () => {
    const row = empty.content.cloneNode(true);
    for (const element of row.querySelectorAll("[name], [id], [for]")) {
      for (const name of ["name", "id", "for"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace("__prefix__", total.value));
      }
    }
    const first = row.querySelector("input, select, textarea");
    block.insertBefore(row, empty);
    total.value = String(Number(total.value) + 1);
    first?.focus();
  });
  block.append(button);
}

function nameEditor() {
  const label = document.querySelector('label[for="id_body"]');
  const editor = document.querySelector(".field-body .ProseMirror[contenteditable]");
  if (!label || !editor) return false;
  label.id ||= "id_body_label";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  editor.setAttribute("aria-labelledby", label.id);
  editor.setAttribute("dir", "auto");
  editor.spellcheck = true;
  return true;
}

if (form) {
  let changed = form.querySelector(".errornote") !== null;
  let leaving = false;
  form.addEventListener("input", (event) => {
    if (event.isTrusted) changed = true;
  });
  document.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });
  document.querySelectorAll('.moves button[aria-disabled="true"]').forEach((button) =>
    button.addEventListener("click", (event) => event.preventDefault()),
  );
  document.querySelectorAll("[data-rows]").forEach(addRows);
  document.querySelector("[data-focus]")?.focus();
  if (!nameEditor()) {
    const watch = new MutationObserver(() => nameEditor() && watch.disconnect());
    watch.observe(form, { childList: true, subtree: true });
  }
}
