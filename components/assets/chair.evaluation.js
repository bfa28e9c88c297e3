/* The open evaluation on this tablet: which of its tabs is shown, what its forms are about, how its ticks are getting on.

   The stream draws the tabs; which one is shown is this tablet's own, and stays through every redraw. */
(() => {
  const chair = window.chairside.page;
  const { $, all, record, context, button } = chair;
  const NOW = "now";
  const view = { evaluation: "", tab: NOW, wanted: "" };
  const sent = new Map();   // what a button records → how far it has got

  // ---- tabs ----------------------------------------------------------------------------------------------------------

  const place = () => $("chair-red")?.querySelector("[data-evaluation]");
  const has = (tab) => all("[role=tab]", place()).some((one) => one.dataset.tab === tab);

  const paint = () => {
    const shown = place();
    if (!shown) { Object.assign(view, { evaluation: "", tab: NOW, wanted: "" }); return; }
    if (shown.dataset.evaluation !== view.evaluation) Object.assign(view, { evaluation: shown.dataset.evaluation, tab: NOW, wanted: "" });
    if (view.wanted && has(view.wanted)) Object.assign(view, { tab: view.wanted, wanted: "" });
    const tab = has(view.tab) ? view.tab : NOW;
    all("[data-panel]", shown).forEach((panel) => { panel.hidden = panel.dataset.panel !== tab; });
    all("[role=tab]", shown).forEach((one) => {
      one.setAttribute("aria-selected", String(one.dataset.tab === tab));
      one.tabIndex = one.dataset.tab === tab ? 0 : -1;
    });
    all("[data-send]", shown).forEach((one) => {
      const state = sent.get(nameOf(one));
      if (state) one.dataset.state = state; else delete one.dataset.state;
    });
  };

  const showTab = (tab) => {
    Object.assign(view, has(tab) ? { tab, wanted: "" } : { wanted: tab });
    paint();
  };

  const decide = () => {
    showTab("decision");
    place()?.scrollIntoView({ block: "nearest" });
  };

  // ---- its ticks -----------------------------------------------------------------------------------------------------

  const nameOf = (one) => `${one.dataset.post} ${one.dataset.body}`;

  const followed = ({ form, state }) => {
    if (form.tagName === "FORM") return;
    if (state === "saved") sent.delete(nameOf(form)); else sent.set(nameOf(form), state);
    paint();
  };

  // ---- its forms -----------------------------------------------------------------------------------------------------

  const prepare = (form, from) => {
    if (form.id !== "form-close-evaluation") return;
    form.dataset.blocks = from.dataset.blocks || "";
    form.querySelector("[data-field=doctor]").hidden = from.dataset.needsDoctor !== "yes";
  };

  const SAY_WHY = "Nothing is recorded yet: say the doctor’s reason first.";
  const lacks = (form) => !form.querySelector("[data-field=reason] input").value.trim();

  const before = (event) => {
    const form = event.target;
    if (form.id === "form-stop-time" && !form.querySelector("[aria-pressed=true]")) {
      event.preventDefault();
      chair.ask(form, "Say when the pump stood still.", []);
    }
    if (form.id === "form-evaluation-past" && !record().isTyped(form)) {
      event.preventDefault();
      chair.ask(form, "Say at what time it was: it is never taken as now.", []);
    }
    if (form.id === "form-close-evaluation" && lacks(form)) {
      event.preventDefault();
      chair.ask(form, SAY_WHY, []);
      chair.mark(form, "reason");
    } else if (form.id === "form-close-evaluation" && form.dataset.blocks) {
      event.preventDefault();
      chair.ask(form, form.dataset.blocks, [button("Yes, discontinue permanently", () => record().send(form))]);
    }
  };

  // ---- taps ----------------------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const from = event.target.closest("#chair-red [data-tab]");
    if (from) showTab(from.dataset.tab);
  });

  document.addEventListener("keydown", (event) => {
    const from = event.target.closest("#chair-red [role=tab]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!from || !step) return;
    const tabs = all("[role=tab]", place());
    const next = tabs[(tabs.indexOf(from) + step + tabs.length) % tabs.length];
    showTab(next.dataset.tab);
    next.focus();
  });

  document.addEventListener("chairside:before", before);
  document.addEventListener("chairside:state", (event) => { if ($("chair-red")) followed(event.detail); });

  let watched = null;
  new MutationObserver(() => {
    const red = $("chair-red");
    if (!red || red === watched) return;
    watched = red;
    new MutationObserver(paint).observe(red, { childList: true, subtree: true, attributeFilter: ["data-panel", "data-tab", "data-evaluation", "data-body"] });
    paint();
  }).observe(document.documentElement, { childList: true, subtree: true });

  const isOpen = () => Boolean(context().evaluation);
  Object.assign(chair, { evaluation: { decide, isOpen, prepare, showTab } });
})();
