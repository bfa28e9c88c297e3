/* The chair page: which form is open, whose page it is, and what every entry became.

   #chair-context is renewed by the live stream; `held` is the patient this page was opened for. When another patient
   comes into the chair the page stops: what was typed stays the first patient's. */
(() => {
  const chair = window.chairside.page;
  const { $, all, record, context, page, element, button } = chair;
  let held = null;
  let opener = null;

  // ---- whose page it is ------------------------------------------------------------------------------------------

  const adopt = () => {
    const now = { ...context() };
    if (!("day" in now)) return;
    if (held && held.patient && now.patient !== held.patient) { stopPage(now); return; }
    const first = !held || held.patient !== now.patient || held.state !== now.state;
    if (held?.state === "stopped" && now.state !== "stopped") chair.stop.clear();
    held = window.chairside.held = now;
    page().dataset.state = now.state;
    page().dataset.level = now.level;
    page().toggleAttribute("data-evaluation", now.evaluation !== "");
    const who = now.name ? `${now.name} · born ${now.born}` : "";
    all("#chair-right .who").forEach((el) => { el.textContent = who; });
    $("form-arrive").querySelector(".form-notes").dataset.offer = now.arrival || "";
    all("#chair-right .save-for").forEach((el) => { el.hidden = !who; });
    chair.openSymptoms(JSON.parse(now.symptoms || "[]"));
    if (now.evaluation) chair.more(true);
    if (first && !busy()) show(now.view);
  };

  const busy = () => {
    const view = page().dataset.view;
    const form = $("form-" + view);
    return record().unsaved.size > 0 || Boolean($("page-stopped").firstChild) || (form && record().isTyped(form));
  };

  const stopPage = (now) => {
    const gone = JSON.parse(now.left || "{}")[held.patient];
    const said = gone ? `${held.name} ${gone.where} at ${gone.at} by ${gone.by}.` : `${held.name} is no longer in chair ${held.chair}.`;
    const typed = all("#chair-right form").some((form) => record().isTyped(form)) || record().unsaved.size > 0;
    if (gone) held = window.chairside.held = { ...held, chair: gone.chair || held.chair };
    const ways = element("div", { className: "chips" });
    if (gone?.chair) ways.append(element("a", { className: "control", href: "/chair/" + encodeURIComponent(gone.chair), textContent: "Go to " + held.name }));
    ways.append(element("a", { className: "control", href: location.pathname, textContent: now.name ? "Open " + now.name : "Open chair " + now.chair }));
    const kept = typed ? [element("p", { textContent: `What is typed stays ${held.name}'s and can still be saved for ${held.name}.` })] : [];
    $("page-stopped").replaceChildren(element("h2", { textContent: said }), ...kept, ways);
    $("page-stopped").hidden = false;
    page().classList.add("stopped");
    page().classList.toggle("stopped-typed", typed);
    window.chairside.keypad?.close();
  };

  // ---- views -----------------------------------------------------------------------------------------------------

  const show = (name) => {
    const chosen = $("form-" + name) || $("panel-" + name) || $("form-vital-signs");
    all("#chair-right form, #chair-right .panel").forEach((el) => { el.hidden = el !== chosen; });
    const view = chosen.id.replace(/^(form|panel)-/, "");
    page().dataset.view = view;
    all("#chair-acts [data-open]").forEach((b) => b.toggleAttribute("data-shown", b.dataset.open === view));
    if (chosen.tagName === "FORM" && !chosen.dataset.state) record().fresh(chosen);
    window.chairside.keypad?.close();
    closeSheets();
    // A check list opens at what is still to do; its lines keep their order, so that none moves under a finger.
    // Going home begins with where to, which stands above its list.
    if (view === "leaving") chosen.querySelector(".panel-scroll").scrollTop = 0;
    else chosen.querySelector(".check-is-blocked, .check-is-missing")?.scrollIntoView({ block: "nearest" });
    return chosen;
  };

  const refusalOf = (act) => JSON.parse(context().refused || "{}")[act];
  const locksOf = (act) => JSON.parse(context().overridable || "{}")[act];

  const open = (from) => {
    const act = from.dataset.open;
    if (act === "close-evaluation" && !from.dataset.body) {   // the outcomes stand in the evaluation
      say(from.dataset.refused || "");
      chair.evaluation.decide();
      return;
    }
    const form = $("form-" + act);
    const refusal = form && act !== "vital-signs" ? refusalOf(form.dataset.act) : undefined;
    const locks = form && locksOf(form.dataset.act);
    say("");
    if (refusal && !locks) { refuse(refusal); return; }
    opener = from;
    const panel = show(act);
    if (form) prepare(form, from, refusal);
    panel.querySelector("h2")?.setAttribute("tabindex", "-1");
    panel.querySelector("h2")?.focus({ preventScroll: true });
    if (from.dataset.reading) showReading(from.dataset.reading);
  };

  const refuse = (sentence) => {
    const decision = button("Doctor's decision …", () => { say(""); chair.evaluation.decide(); });
    if (chair.evaluation.isOpen()) chair.sayWith(sentence, [decision]); else say(sentence);
  };

  const prepare = (form, from, refusal) => {
    chair.override(form, refusal || "");
    chair.evaluation.prepare(form, from);
    const about = form.querySelector(".form-about");
    if (about) about.textContent = from.dataset.about || "";
    if (from.dataset.about) form.dataset.body = from.dataset.body;
    if (form.id === "form-corrections" && from.dataset.fact) correct(form, from);
    if (form.id === "form-resume") {
      all("[data-field=doctor], [data-field=reason]", form).forEach((el) => { el.hidden = context().doctor !== "yes"; });
      form.querySelector(".form-notes").dataset.offer = context().rate ? `Offered: ${context().rate} mL/h.` : "";
    }
    form.dispatchEvent(new CustomEvent("chairside:opened", { bubbles: true, detail: { from } }));
  };

  const showReading = (position) => {       // the row of the day record that an alert was raised by
    all("#chair-record .reading-shown").forEach((row) => row.classList.remove("reading-shown"));
    const row = $("chair-record").querySelector(`tr[data-position="${position}"]`);
    row?.classList.add("reading-shown");
    row?.scrollIntoView({ block: "center" });
  };

  const correct = (form, from) => {
    form.dataset.body = JSON.stringify({ fact: Number(from.dataset.fact) });
    $("correction-of").textContent = from.dataset.words;
    const original = JSON.parse(from.dataset.original || "null");
    form.dataset.original = JSON.stringify(original || {});
    $("correction-values").hidden = !original;
    all("#correction-values [data-field]").forEach((el) => {
      const was = original?.[el.dataset.field.replace("replacement.", "")];
      el.querySelector(".was").textContent = was === undefined ? "" : ` was ${was}`;
    });
  };

  const back = () => {
    const form = $("form-" + page().dataset.view);
    if (form?.dataset.state === "saving") return;
    if (form?.dataset.state === "not saved" && !form.dataset.leaving) {
      chair.ask(form, "This is not saved.", [button("Discard what is typed", () => { form.dataset.leaving = "yes"; back(); })]);
      return;
    }
    if (form) { delete form.dataset.leaving; chair.clear(form); }
    say("");
    show(page().dataset.view === "vital-signs" ? context().view : home());
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  };
  const home = () => (["expected", "pre-medication", "closed", "empty"].includes(context().state) ? context().view : "vital-signs");

  const say = (words) => {
    const place = $("chair-said");
    place.textContent = words;
    place.hidden = !words;
  };

  const closeSheets = () => {
    all(".sheet").forEach((sheet) => { sheet.hidden = true; });
    all("[data-sheet]").forEach((b) => b.setAttribute("aria-expanded", "false"));
    page().classList.remove("sheet-open");
  };

  const openSheet = (from) => {
    const sheet = $(from.dataset.sheet);
    const on = sheet.hidden;
    closeSheets();
    sheet.hidden = !on;
    from.setAttribute("aria-expanded", String(on));
    page().classList.toggle("sheet-open", on);
    if (on) sheet.querySelector("button").focus({ preventScroll: true });
  };

  // ---- taps and changes ----------------------------------------------------------------------------------------------

  const taps = [
    ["[data-open]", open],
    ["[data-back]", back],
    ["[data-symptom]", (from) => chair.tapSymptom(from)],
    ["[data-severity-is]", (from) => chair.tapSeverity(from)],
    ["[data-none-new]", (from) => chair.tapNoneNew(from)],
    ["[data-sheet]", openSheet],
    ["[data-close-sheet]", closeSheets],
    ["[data-others]", (from) => from.parentElement.classList.remove("few")],
    ["#vs-more-open", () => chair.more($("vs-more").hidden)],
    ["#vs-when-open", () => { $("vs-when").hidden = !$("vs-when").hidden; $("vs-when-open").setAttribute("aria-expanded", String(!$("vs-when").hidden)); }],
  ];

  document.addEventListener("click", (event) => {
    if (!page()) return;
    for (const [selector, tap] of taps) {
      const hit = event.target.closest(selector);
      if (hit) { tap(hit); return; }
    }
  });

  document.addEventListener("chairside:before", (event) => {
    if (!page()) return;
    if (event.target.id === "form-vital-signs") chair.beforeVitals(event, event.target);
  });

  document.addEventListener("chairside:state", (event) => { if (page()) chair.became(event.detail); });

  document.addEventListener("chairside:chosen", (event) => {
    const field = event.target.closest("[data-type=when], [data-type=past]");
    if (field) {
      const time = field.querySelector(".when-time");
      time.hidden = event.detail.value !== "time";
      if (!time.hidden) time.querySelector("input").focus();
      if (field.closest("#vs-when")) { chair.whenSaid(); if (time.hidden) $("vs-when").hidden = true; }
    }
    if (event.target.closest("#form-vital-signs input")) chair.preview();
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (!form || !page()) return;
    event.target.closest("[data-field]")?.classList.remove("refused");
    event.target.classList.toggle("has-value", event.target.value !== "");
    if (form.id === "form-vital-signs") { chair.whenSaid(); chair.preview(); }
    if ($("chair-state").classList.contains("saved")) $("chair-state").textContent = "";
  });

  document.addEventListener("focusin", (event) => { if (page() && event.target.closest("#form-vital-signs input")) chair.preview(); });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && page() && !page().classList.contains("keypad-open")) {
      if (page().classList.contains("sheet-open")) closeSheets(); else if (page().dataset.view !== home()) back();
    }
  });

  // Dash draws the page after this script has run, and again on the way to another page.
  let watched = null;
  const watch = () => {
    const place = $("chair-context");
    if (!place || place === watched) return;
    watched = place;
    held = null;
    all(".plain[data-html]").forEach((el) => { el.innerHTML = el.dataset.html; el.removeAttribute("data-html"); });
    all("[data-keypad] input").forEach((input) => { input.inputMode = "none"; });
    new MutationObserver(adopt).observe(place, { attributes: true });
    adopt();
  };
  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });

  Object.assign(chair, { home, say, show, stopPage });
})();
