// What a report's text may hold beyond the editor's own set: without these, opening and saving a text would drop them.
import { Extension, Mark, crel } from "django-prose-editor/editor";

// The editor would add a <style> with its rules, which the policy blocks, but not where it finds one. This is one in name
// alone (in no namespace it styles nothing, so no policy asks about it); the rules are in desk.css.
const found = document.createElementNS(null, "style");
found.setAttribute("data-tiptap-style", "");
document.head.append(found);

const word = (text, title) => crel("button", { type: "button", className: "prose-menubar__button", textContent: text, title });

function inline(name, tag, { attributes = [], toggled = "", priority = 90 } = {}) {
  return Mark.create({
    name,
    priority,
    addOptions: () => ({ title: toggled }),
    addAttributes: () =>
      Object.fromEntries(attributes.map((each) => [each, { default: null, parseHTML: (element) => element.getAttribute(each) }])),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag.split(/[.[]/)[0], { ...(tag.startsWith("span.") ? { class: tag.slice(5) } : {}), ...HTMLAttributes }, 0],
    addMenuItems({ menu }) {
      if (!toggled) return;
      menu.defineItem({
        name,
        groups: "marks",
        button: word(toggled, toggled),
        active: (editor) => editor.isActive(name),
        command: (editor) => editor.chain().focus().toggleMark(name).run(),
      });
    },
  });
}

export const Sic = inline("sic", "span.sic", { toggled: "[sic]" });
export const Passage = inline("passage", "span[lang]", { attributes: ["lang", "dir"] });
export const Direction = inline("direction", "span[dir]:not([lang])", { attributes: ["dir"] });
export const Isolate = inline("isolate", "bdi", { attributes: ["lang", "dir"] });
// Around all other marks, so that a word in bold within it does not cut it in two.
export const Pull = inline("pull", "span.pull", { toggled: "Pull quote", priority: 2000 });
export const Quoted = inline("quoted", "q", { attributes: ["lang", "dir", "cite"] });
export const Cited = inline("cited", "cite", { attributes: ["lang", "dir"] });
export const Abbreviation = inline("abbreviation", "abbr", { attributes: ["title", "lang", "dir"] });

// The mark of the next note: a raised figure that leads to the source of that number.
export const Note = Extension.create({
  name: "note",
  addMenuItems({ menu }) {
    menu.defineItem({
      name: "note",
      groups: "marks",
      button: word("[1]", "[1]"),
      command: (editor) => {
        let last = 0;
        editor.state.doc.descendants((node) =>
          node.marks.forEach((mark) => {
            const found = /^#n(\d+)$/.exec(mark.attrs.href ?? "");
            if (found) last = Math.max(last, Number(found[1]));
          }),
        );
        const number = String(last + 1);
        const marks = [{ type: "superscript" }, { type: "link", attrs: { href: `#n${number}` } }];
        editor.chain().focus().insertContent({ type: "text", text: number, marks }).unsetMark("link").unsetMark("superscript").run();
      },
    });
  },
});

const kept = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) });

export const LanguageAndDirection = Extension.create({
  name: "languageAndDirection",
  addGlobalAttributes: () => [
    {
      types: ["paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem", "bold", "italic", "superscript", "subscript"],
      attributes: { lang: kept("lang"), dir: kept("dir") },
    },
    { types: ["blockquote"], attributes: { cite: kept("cite") } },
    { types: ["link"], attributes: { lang: kept("lang"), dir: kept("dir"), hreflang: kept("hreflang") } },
  ],
});
