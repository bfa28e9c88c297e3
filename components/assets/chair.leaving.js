/* The ways on that the chair page offers by itself: from a locked act to what opens it, from a line of the discharge list
   to its alert. */
(() => {
  const chair = window.chairside.page;
  const { $, context, page, element } = chair;

  const locked = (from) => {
    chair.say(from.dataset.locked);
    const ways = element("div", { className: "chips" });
    for (const [act, words] of JSON.parse(from.dataset.ways || "[]")) {
      const way = element("button", { type: "button", className: "control", textContent: words });
      way.dataset.open = act;
      ways.append(way);
    }
    $("chair-said").append(ways);
    $("chair-said").scrollIntoView({ block: "nearest" });
  };

  const showAlert = (from) => {
    const line = $("chair-alerts")?.querySelector(`[data-alert="${CSS.escape(from.dataset.showAlert)}"]`);
    if (!line) return;
    line.querySelector("details")?.setAttribute("open", "");
    line.scrollIntoView({ block: "center" });
    line.querySelector("button, summary")?.focus({ preventScroll: true });
  };

  const PREPARED = "Where to is prepared. Say it again only if it has changed.";
  document.addEventListener("chairside:opened", (event) => {
    if (event.target.id !== "form-discharge") return;
    event.target.querySelector(".form-notes").dataset.offer = context().prepared ? PREPARED : "";
  });

  document.addEventListener("click", (event) => {
    if (!page()) return;
    const lock = event.target.closest("[data-locked]");
    const alert = event.target.closest("[data-show-alert]");
    if (lock) locked(lock);
    if (alert) showAlert(alert);
  });
})();
