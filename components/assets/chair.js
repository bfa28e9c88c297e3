/* The chair page: which form is open, whose page it is, what every entry became, and the marks that move with time.

   #chair-context is renewed by the live stream; `held` is the patient this page was opened for. When another patient
   comes into the chair the page stops: what was typed stays the first patient's. */
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const record = () => window.chairside.record;
  const context = () => $("chair-context")?.dataset || {};
  const page = () => $("chair-page");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const UNDO_MS = 5000;
  let held = null;
  let opener = null;

  const element = (tag, props = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...children);
    return made;
  };
  const button = (words, tap, css = "control") => {
    const made = element("button", { type: "button", className: css, textContent: words });
    made.addEventListener("click", tap);
    return made;
  };

  // ---- whose page it is ------------------------------------------------------------------------------------------

  const adopt = () => {
    const now = { ...context() };
    if (!("day" in now)) return;
    if (held && held.patient && now.patient !== held.patient) { stopPage(now); return; }
    const first = !held || held.patient !== now.patient || held.state !== now.state;
    held = window.chairside.held = now;
    page().dataset.state = now.state;
    page().dataset.level = now.level;
    const who = now.name ? `${now.name} · born ${now.born}` : "";
    all("#chair-right .who").forEach((el) => { el.textContent = who; });
    all("#chair-right .save-for").forEach((el) => { el.hidden = !who; });
    openSymptoms(JSON.parse(now.symptoms || "[]"));
    if (now.level === "red") more(true);
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
    const kept = typed ? [element("p", { textContent: `What is typed stays ${held.name}’s and can still be saved for ${held.name}.` })] : [];
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
    return chosen;
  };

  const refusalOf = (act) => JSON.parse(context().refused || "{}")[act];
  const locksOf = (act) => JSON.parse(context().overridable || "{}")[act];

  const open = (from) => {
    const act = from.dataset.open;
    const form = $("form-" + act);
    const refusal = form && act !== "vital-signs" ? refusalOf(form.dataset.act) : undefined;
    const locks = form && locksOf(form.dataset.act);
    say("");
    if (refusal && !locks) { say(refusal); return; }
    opener = from;
    const panel = show(act);
    if (form) prepare(form, from, refusal);
    panel.querySelector("h2")?.setAttribute("tabindex", "-1");
    panel.querySelector("h2")?.focus({ preventScroll: true });
  };

  const prepare = (form, from, refusal) => {
    override(form, refusal || "");
    if (form.id === "form-corrections" && from.dataset.fact) correct(form, from);
    if (form.id === "form-resume") {
      all("[data-field=doctor], [data-field=reason]", form).forEach((el) => { el.hidden = context().doctor !== "yes"; });
      form.querySelector(".form-notes").dataset.offer = context().rate ? `Offered: ${context().rate} mL/h.` : "";
    }
  };

  const override = (form, sentence) => {    // one block for all forms: it stands in the one whose act is locked
    const block = $("override");
    if (sentence && block.closest("form") !== form) askPlace(form).before(block);
    if (block.closest("form") === form || !sentence) block.hidden = !sentence;
    block.querySelector(".refusal").textContent = sentence;
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
    if (form && form.dataset.state === "saving") return;
    if (form) clear(form);
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

  // ---- a form: clearing, choosing ----------------------------------------------------------------------------------

  const clear = (form) => {
    all("input, textarea", form).forEach((input) => {
      if (input.tagName === "INPUT") setValue.call(input, ""); else input.value = "";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    all("[aria-pressed]", form).forEach((b) => {
      const field = b.closest("[data-field]");
      b.setAttribute("aria-pressed", String(b.dataset.value !== undefined && b.dataset.value === field?.dataset.default));
      delete b.dataset.severity;
    });
    all(".when-time, .ask, .severity, .override", form).forEach((el) => { el.hidden = true; });
    all(".refused", form).forEach((el) => el.classList.remove("refused"));
    all(".vs-chosen", form).forEach((el) => el.replaceChildren());
    all("[data-others]", form).forEach((b) => b.parentElement.classList.add("few"));
    if (form.id === "form-vital-signs") { all("#symptom-sheet [aria-pressed]").forEach((b) => b.setAttribute("aria-pressed", "false")); whenSaid(); otherSaid(); }
    record().fresh(form);
    preview();
  };

  const whenSaid = () => {
    const field = $("vs-when").querySelector("[data-field]");
    const chosen = field.querySelector("[aria-pressed=true]");
    const typed = field.querySelector("input").value;
    $("vs-when-said").textContent = chosen?.dataset.value === "time" ? typed || "at …" : chosen?.textContent || "now";
  };

  const more = (on) => {
    if ($("vs-more").hidden !== on) return;
    $("vs-more").hidden = !on;
    $("vs-more-open").setAttribute("aria-expanded", String(on));
    page().classList.toggle("full-set", on);
    $("form-vital-signs").querySelector("h2").textContent = on ? "Record full set" : "Record vital signs";
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

  // ---- symptoms ----------------------------------------------------------------------------------------------------

  const openSymptoms = (symptoms) => {
    all(".open-symptoms").forEach((place) => {
      const known = all("[data-open-symptom]", place).map((row) => row.dataset.openSymptom).join("|");
      if (known === symptoms.map((s) => s.id).join("|")) return;
      place.replaceChildren(...symptoms.map((s) => {
        const words = element("span", { textContent: s.id + (s.severity ? `, ${s.severity}` : "") + ":", id: `${place.closest("form").id}-${s.id}` });
        const row = element("div", { className: "open-symptom" }, words, ...["same", "better", "worse", "gone"].map((change) => {
          const choice = button(change, () => {}, "chip");
          choice.dataset.value = change;
          choice.setAttribute("aria-pressed", "false");
          return choice;
        }));
        row.dataset.openSymptom = s.id;
        row.dataset.choices = "one";
        if (s.severity) row.dataset.severity = s.severity;
        row.setAttribute("role", "group");
        row.setAttribute("aria-labelledby", words.id);
        return row;
      }));
      place.closest("form").classList.toggle("has-open-symptoms", symptoms.length > 0);
    });
  };

  const tapSymptom = (chip) => {
    const on = chip.getAttribute("aria-pressed") !== "true";
    const inSheet = chip.closest("#symptom-sheet");
    const form = inSheet ? $("form-vital-signs") : chip.closest("form");
    if (chip.classList.contains("chosen")) { unchoose(chip); return; }
    chip.setAttribute("aria-pressed", String(on));
    if (on) form.querySelector("[data-none-new]")?.setAttribute("aria-pressed", "false");
    if (inSheet) mirror(chip, on);
    const severity = (inSheet || form).querySelector(".severity");
    if (severity && chip.hasAttribute("data-asks-severity")) {
      severity.hidden = !on;
      severity.dataset.of = chip.dataset.symptom;
      severity.firstElementChild.textContent = chip.textContent + ":";
      all("[data-severity-is]", severity).forEach((b) => b.setAttribute("aria-pressed", "false"));
    }
    preview();
  };

  const mirror = (chip, on) => {     // chosen in the sheet, kept in the form
    const place = $("form-vital-signs").querySelector(".vs-chosen");
    all("[data-symptom]", place).filter((c) => c.dataset.symptom === chip.dataset.symptom).forEach((c) => c.remove());
    otherSaid();
    if (!on) return;
    const copy = button("✓ " + chip.textContent, () => {}, "chip chosen");
    copy.dataset.symptom = chip.dataset.symptom;
    copy.setAttribute("aria-pressed", "true");
    place.append(copy);
    otherSaid();
  };

  const otherSaid = () => {          // the button that opens the sheet says what was chosen there
    const chosen = all(".vs-chosen .chosen").map((c) => c.textContent.replace("✓ ", ""));
    $("vs-other").textContent = chosen.length === 0 ? "Other …" : chosen.length === 1 ? chosen[0] : `Other: ${chosen.length}`;
    $("vs-other").classList.toggle("has-chosen", chosen.length > 0);
    $("vs-other").setAttribute("aria-label", chosen.length ? "Other symptoms: " + chosen.join(", ") : "Other symptoms");
  };

  const unchoose = (copy) => {
    all("#symptom-sheet [data-symptom]").filter((c) => c.dataset.symptom === copy.dataset.symptom).forEach((c) => c.setAttribute("aria-pressed", "false"));
    copy.remove();
    otherSaid();
    preview();
  };

  const tapSeverity = (choice) => {
    const block = choice.closest(".severity");
    all("[data-severity-is]", block).forEach((b) => b.setAttribute("aria-pressed", String(b === choice)));
    const form = block.closest("form") || $("form-vital-signs");
    const sheet = block.closest("#symptom-sheet");
    for (const chip of [...all("[data-symptom]", form), ...(sheet ? all("[data-symptom]", sheet) : [])]) {
      if (chip.dataset.symptom !== block.dataset.of || chip.getAttribute("aria-pressed") !== "true") continue;
      chip.dataset.severity = choice.dataset.severityIs;
      if (chip.classList.contains("chosen")) chip.textContent = `✓ ${block.firstElementChild.textContent.replace(/:$/, "")}, ${choice.dataset.severityIs}`;
    }
    block.hidden = true;
    otherSaid();
    preview();
  };

  const tapNoneNew = (none) => {
    const on = none.getAttribute("aria-pressed") !== "true";
    none.setAttribute("aria-pressed", String(on));
    if (on) {
      all("[data-symptom]", none.closest("form")).forEach((c) => { if (c.classList.contains("chosen")) unchoose(c); else c.setAttribute("aria-pressed", "false"); });
    }
    preview();
  };

  // ---- the level while typing ----------------------------------------------------------------------------------------

  let previewTimer;
  let asked = 0;
  const preview = () => {
    clearTimeout(previewTimer);
    asked += 1;
    previewTimer = setTimeout(() => {
      const form = $("form-vital-signs");
      if (!form || !held) return;
      const { happened_at, ...values } = record().read(form, record().wardNow());
      window.chairside.trend?.typed(values);
      window.dash_clientside?.set_props("vs-typed", { "data-typed": JSON.stringify({ day: held.day, values, number: asked }) });
    }, 120);
  };

  const incomplete = () => $("vs-level").querySelector("[data-complete=no]");

  const answered = () => $("vs-level").firstElementChild?.dataset.of === String(asked);
  const whenAnswered = (then, tries = 15) => (answered() || !tries ? then() : setTimeout(() => whenAnswered(then, tries - 1), 100));

  const beforeVitals = (event, form) => {
    const nothing = !record().isTyped(form);
    const partial = $("vs-partial");
    if (nothing) { event.preventDefault(); ask(form, "Nothing is typed yet.", []); return; }
    if (!answered() && !form.dataset.waited) {   // the level of the last digit is still on its way: save as soon as it is here
      event.preventDefault();
      whenAnswered(() => { form.dataset.waited = "yes"; form.requestSubmit(); delete form.dataset.waited; });
      return;
    }
    if (!incomplete() || !answered()) { partial.hidden = true; return; }
    if (partial.querySelector("[aria-pressed=true]")) return;
    event.preventDefault();
    partial.hidden = false;
    partial.querySelector("button").focus({ preventScroll: true });
  };

  // ---- what became of an entry -----------------------------------------------------------------------------------------

  const STATES = { saving: "Saving…", saved: "Saved", "not saved": "NOT SAVED" };

  const became = ({ form, state, why, ...detail }) => {
    if (form.dataset.act === "stop") stopBecame(form, state, why, detail);
    else if (state === "saved") wasSaved(form, detail);
    else if (state === "not saved") wasNotSaved(form, why, detail);
    else hideAsk(form);
    const place = $("chair-state");
    const what = form.dataset.says || "";
    place.className = "save-state " + state.replace(" ", "-");
    place.textContent = STATES[state] + (state === "saved" ? ` ${detail.at}` : "") + (what ? ` · ${what}` : "");
  };

  const wasSaved = (form, detail) => {
    if (form.tagName !== "FORM") { say(""); return; }
    clear(form);
    if (page().classList.contains("stopped")) { stopPage({ ...context() }); return; }
    if (form.id === "form-vital-signs") more(context().level === "red" || detail.body.level === "red");
    show(home());
  };

  const wasNotSaved = (form, why, detail) => {
    const ways = [];
    const again = () => record().send(form);
    if (detail.confirm) ways.push(button("Yes, these values are right: save", () => record().send(form, { confirmed: true })));
    if (detail.late) ways.push(button(detail.late.words || "Record late", () => record().send(form, { late: true })));
    if (detail.movedTo) ways.push(element("a", { className: "control", href: "/chair/" + encodeURIComponent(detail.movedTo), textContent: `Go to chair ${detail.movedTo}` }));
    if (detail.savedBefore) ways.push(button("Record what is typed as another entry", () => { record().fresh(form); again(); }));
    if (!detail.confirm && !detail.late && !detail.savedBefore) ways.push(button("Save again", again));
    if (detail.locks?.length && form.tagName === "FORM") { override(form, why); ways.pop(); why = "A doctor may let it pass."; }
    if (detail.field === "partial_reason") $("vs-partial").hidden = false;
    if (form.tagName === "FORM") { ask(form, why, ways); mark(form, detail.field); } else sayWith(why, ways);
  };

  const sayWith = (why, ways) => {
    say(why);
    $("chair-said").append(element("div", { className: "chips" }));
    $("chair-said").lastChild.append(...ways);
  };

  const askPlace = (form) => all(".ask", form).find((el) => !el.hasAttribute("data-field"));
  const hideAsk = (form) => { const place = form.querySelector && askPlace(form); if (place) place.hidden = true; };
  const ask = (form, why, ways) => {
    const place = askPlace(form);
    if (!place) return;
    place.replaceChildren(element("p", { textContent: why }), element("div", { className: "chips" }, ...ways));
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
  };

  const mark = (form, field) => {
    all(".refused", form).forEach((el) => el.classList.remove("refused"));
    if (!field) return;
    const el = all("[data-field]", form).find((f) => f.dataset.field.split(".").includes(field));
    el?.classList.add("refused");
    el?.scrollIntoView({ block: "nearest" });
  };

  // ---- STOP --------------------------------------------------------------------------------------------------------

  let undoTimer;
  const stopBecame = (form, state, why, detail) => {
    clearTimeout(undoTimer);
    const place = $("stop-said");
    if (state === "saving") { place.replaceChildren(element("b", { textContent: "Saving STOP…" })); return; }
    if (state === "not saved") {
      const ways = detail.refused && !detail.late ? [] : [button(detail.late ? detail.late.words : "Save again", () => record().send(form, detail.late ? { late: true } : {}))];
      place.replaceChildren(element("b", { textContent: "STOP NOT SAVED" }), element("span", { textContent: why }), ...ways);
      return;
    }
    if (!record().isTyped($("form-vital-signs"))) { show("vital-signs"); more(true); }
    const fact = detail.facts.find((f) => f.kind === "InfusionStopped") || detail.facts[0];
    const undo = button("Touched by mistake", () => { place.replaceChildren(); undoStop(fact); });
    place.replaceChildren(element("b", { textContent: `STOP saved ${detail.at}` }), ...(fact ? [undo] : []));
    undoTimer = setTimeout(() => place.replaceChildren(), UNDO_MS);
  };

  const undoStop = (fact) => {
    const act = element("button");
    Object.assign(act.dataset, { act: "corrections", post: "corrections", says: "STOP touched by mistake", timeless: "",
      body: JSON.stringify({ fact: fact.id ?? fact.position, reason: "other", note: "touched by mistake" }) });
    record().send(act);
  };

  // ---- marks that move with time -----------------------------------------------------------------------------------

  const moveMarks = () => {
    const now = record()?.wardNow();
    if (!now || !page()) return;
    all(".band[data-begins]").forEach((band) => {
      const { begins, ends } = band.dataset;
      const share = Math.min(1, Math.max(0, (now - begins) / (ends - begins)));
      band.style.setProperty("--now", (100 * share).toFixed(2) + "%");
      band.classList.toggle("band-before", now < begins);
      band.classList.toggle("band-edge", share > 0.86 || share < 0.08);
    });
  };

  // ---- taps and changes ----------------------------------------------------------------------------------------------

  const taps = [
    ["[data-open]", open],
    ["[data-back]", back],
    ["[data-symptom]", tapSymptom],
    ["[data-severity-is]", tapSeverity],
    ["[data-none-new]", tapNoneNew],
    ["[data-sheet]", openSheet],
    ["[data-close-sheet]", closeSheets],
    ["[data-others]", (from) => from.parentElement.classList.remove("few")],
    ["#vs-more-open", () => more($("vs-more").hidden)],
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
    if (event.target.id === "form-vital-signs") beforeVitals(event, event.target);
  });

  document.addEventListener("chairside:state", (event) => { if (page()) became(event.detail); });

  document.addEventListener("chairside:chosen", (event) => {
    const field = event.target.closest("[data-type=when]");
    if (field) {
      const time = field.querySelector(".when-time");
      time.hidden = event.detail.value !== "time";
      if (!time.hidden) time.querySelector("input").focus();
      if (field.closest("#vs-when")) { whenSaid(); if (time.hidden) $("vs-when").hidden = true; }
    }
    if (event.target.closest("#form-vital-signs")) preview();
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (!form || !page()) return;
    event.target.closest("[data-field]")?.classList.remove("refused");
    event.target.classList.toggle("has-value", event.target.value !== "");
    if (form.id === "form-vital-signs") { whenSaid(); preview(); }
    if ($("chair-state").classList.contains("saved")) $("chair-state").textContent = "";
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && page() && !page().classList.contains("keypad-open")) {
      if (page().classList.contains("sheet-open")) closeSheets(); else if (page().dataset.view !== home()) back();
    }
  });

  const keyboardUp = () => {        // the tablet's own keyboard: STOP stands beside the banner as long as it is up
    const view = window.visualViewport;
    document.documentElement.classList.toggle("keyboard-up", Boolean(view && window.innerHeight - view.height > 150));
  };
  window.visualViewport?.addEventListener("resize", keyboardUp);

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
  setInterval(moveMarks, 1000);
})();
