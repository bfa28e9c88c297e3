/* The taps that record: a form that is sent, a button that is an act of its own, a choice pressed in a field. */
(() => {
  const { record } = window.chairside;

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-post]");
    if (!form) return;
    event.preventDefault();
    if (form.dispatchEvent(new CustomEvent("chairside:before", { bubbles: true, cancelable: true }))) record.send(form);
  });

  // An act of one tap is its own, not its button's: the stream may make another step's button of that meanwhile.
  const DOUBLE_TAP_MS = 700;
  const oneTaps = new Map();
  const actOf = (button) => {
    const { post, body = "" } = button.dataset;
    const says = [(window.chairside.held || record.context()).day, post, body].join(" ");
    if (!oneTaps.has(says)) oneTaps.set(says, button.cloneNode(false));
    return oneTaps.get(says);
  };

  const tap = (act) => {
    const at = performance.now();
    const twice = at - (act.tappedAt ?? -Infinity) < DOUBLE_TAP_MS;
    act.tappedAt = at;
    if (twice) return;
    if (record.entryOf(act).answered) record.fresh(act);   // what was refused is over; this is another tap
    record.send(act);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-send]");
    if (button && button.dispatchEvent(new CustomEvent("chairside:before", { bubbles: true, cancelable: true }))) tap(actOf(button));
    const choice = event.target.closest("button[data-value]");
    if (choice) choose(choice);
  });

  const choose = (choice) => {
    const field = choice.closest("[data-choices]");
    if (!field) return;
    const stays = field.dataset.choices === "one" && field.closest("[data-field]")?.hasAttribute("data-needed");
    const on = stays || choice.getAttribute("aria-pressed") !== "true";   // what must be said is changed, never taken back
    if (field.dataset.choices === "one") field.querySelectorAll("[data-value]").forEach((b) => b.setAttribute("aria-pressed", "false"));
    choice.setAttribute("aria-pressed", String(on));
    const detail = { value: on ? choice.dataset.value : undefined };
    field.dispatchEvent(new CustomEvent("chairside:chosen", { bubbles: true, detail }));
  };
})();
