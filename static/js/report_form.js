// The report's form: what is typed is not left by accident, a link to a field opens what hides it, Enter beside the text presses its own button.
const form = document.querySelector("[data-report-form]");

function reveal(place) {
  for (let details = place.closest("details"); details; details = details.parentElement?.closest("details")) details.open = true;
  const target = place.querySelector(".ProseMirror[contenteditable]") ?? place.querySelector("input:not([type=hidden]), select, textarea") ?? place;
  place.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

if (form) {
  let changed = document.querySelector(".errornote [href], .theirs, .desk-unsent") !== null;
  let leaving = false;
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      if (event.isTrusted || event.target.matches("[data-names], [data-rows]")) changed = true;
    });
  }
  document.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
    const link = event.target.closest('a[href^="#"]');
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    reveal(place.closest(".form-row") ?? place);
  });
  document.querySelectorAll(".move").forEach((move) =>
    move.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("input")) return;
      event.preventDefault();
      move.querySelector('button:not([aria-disabled="true"])')?.click();
    }),
  );
  document.querySelector("[data-focus]")?.focus();
}
