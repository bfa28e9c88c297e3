/* The numeric keypad of the chair page: large keys that type into the field in hand, and one explicit key to move on.

   A field takes part with data-keypad="heart rate" (its words) and, for temperatures, data-decimal. A physical keyboard
   types into the same input; Enter is the Next key, Escape closes the pad. No digit ever lands in another field. */
(() => {
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  let input = null;

  const pad = () => document.getElementById("keypad");
  const page = () => document.getElementById("chair-page");
  const fieldOf = (el) => el?.closest("[data-keypad]");
  const visible = (el) => el.offsetParent !== null;
  const fields = () => {
    const form = input?.closest("form");
    return form ? [...form.querySelectorAll("[data-keypad]")].filter(visible) : [];
  };
  const nextField = () => { const all = fields(); return all[all.indexOf(fieldOf(input)) + 1]; };

  const write = (value) => {          // through the setter React watches, so that it keeps what it sees
    if (!input) return;
    fieldOf(input).removeAttribute("data-not-measured");
    setValue.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    paint();
  };

  const paint = () => {
    if (!input || !pad()) return;
    const here = fieldOf(input);
    const head = pad().querySelector(".keypad-head");
    const group = here.dataset.keypadGroup || "";
    const steps = fields().filter((f) => (f.dataset.keypadGroup || "") === group);
    head.replaceChildren(...steps.map((field) => {
      const step = document.createElement("span");
      const value = field.querySelector("input").value;
      step.className = field === here ? "step here" : "step";
      step.textContent = field.dataset.keypad + " ";
      const typed = document.createElement("b");
      typed.textContent = value;
      step.append(typed);
      return step;
    }));
    const next = nextField();
    pad().querySelector("[data-key=next]").textContent = next ? "Next: " + next.dataset.keypad : "Done";
    pad().querySelector("[data-key='.']").disabled = !here.hasAttribute("data-decimal");
    pad().querySelector("[data-key=none]").hidden = !here.hasAttribute("data-may-miss");
  };

  const open = (target) => {
    input = target;
    input.inputMode = "none";         // the tablet's own keyboard stays away
    document.querySelectorAll("[data-keypad].typing").forEach((f) => f.classList.remove("typing"));
    fieldOf(input).classList.add("typing");
    page().classList.add("keypad-open");
    if (matchMedia("(max-width: 699px)").matches) fieldOf(input).scrollIntoView({ block: "start" });
    paint();
  };

  const close = () => {
    fieldOf(input)?.classList.remove("typing");
    page()?.classList.remove("keypad-open");
    input = null;
  };

  const moveOn = () => {
    const next = nextField();
    if (next) { next.querySelector("input").focus(); return; }
    const form = input?.closest("form");
    input?.blur();
    close();
    form?.querySelector("[data-none-new], [data-after-keypad], button[type=submit]")?.focus({ preventScroll: true });
  };

  const keys = {
    next: moveOn,
    none: () => { write(""); fieldOf(input).setAttribute("data-not-measured", ""); moveOn(); },
    clear: () => write(""),
    last: () => write(input.value.slice(0, -1)),
    close,
  };

  document.addEventListener("focusin", (event) => {
    if (!pad()) return;
    const target = event.target.closest("[data-keypad] input");
    if (target) open(target);
    else if (input && !pad().contains(event.target)) close();
  });

  // A key never takes the focus from the field, so a keyboard beside the pad keeps typing into the same one.
  document.addEventListener("mousedown", (event) => { if (event.target.closest("#keypad button")) event.preventDefault(); });

  document.addEventListener("click", (event) => {
    const key = event.target.closest("#keypad [data-key]");
    if (!key || !input) return;
    const name = key.dataset.key;
    if (keys[name]) keys[name](); else if (input.value.length < 5) write(input.value + name);
  });

  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-keypad]");
    if (field && event.target.value) field.removeAttribute("data-not-measured");
    if (event.target === input) paint();
  });

  document.addEventListener("keydown", (event) => {
    if (!input || event.target !== input) return;
    if (event.key === "Enter") { event.preventDefault(); moveOn(); }
    if (event.key === "Escape") close();
  });

  window.chairside = Object.assign(window.chairside || {}, { keypad: { open, close } });
})();
