// The editor's box gets a name, a language and a direction, and its buttons words instead of signs.
const textarea = document.querySelector("[data-editor-words]");

textarea?.addEventListener("prose-editor:ready", (event) => {
  const { editor } = event.detail;
  const box = editor.view.dom;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const words = JSON.parse(textarea.dataset.editorWords);
  if (label) {
    label.id ||= `${textarea.id}_label`;
    box.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  for (const [name, value] of Object.entries({ role: "textbox", "aria-multiline": "true", dir: "auto", lang: textarea.lang, spellcheck: "true" })) {
    if (value) box.setAttribute(name, value);
  }
  const name = () => {
    const menu = box.parentElement.querySelector(".prose-menubar");
    menu.setAttribute("role", "group");
    menu.setAttribute("aria-label", words.menu);
    const buttons = [...menu.querySelectorAll("button[data-name]")];
    for (const button of buttons) {
      const word = words[button.dataset.name];
      if (!word) continue;
      button.classList.remove("material-icons", "prose-menubar__button--heading");
      button.textContent = word;
      button.removeAttribute("title");
      button.removeAttribute("aria-label");
    }
    const show = () =>
      buttons.forEach((button) => {
        button.setAttribute("aria-pressed", button.classList.contains("active"));
        button.setAttribute("aria-disabled", button.classList.contains("disabled"));
      });
    editor.on("transaction", show);
    show();
  };
  if (box.parentElement.querySelector(".prose-menubar")) name();
  else editor.on("create", name); // the menu is made just before
});
