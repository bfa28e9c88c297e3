/* What became of an entry on the chair page: the words, the way on, the field it is about. STOP has its own, in chair.stop.js. */
(() => {
  const chair = window.chairside.page;
  const { $, all, record, context, page, setValue, element, button } = chair;

  const override = (form, sentence) => {    // one block for all forms: it stands in the one whose act is locked
    const block = $("override");
    if (sentence && block.closest("form") !== form) askPlace(form).before(block);
    missing(form, sentence);
    if (block.closest("form") === form || !sentence) block.hidden = !sentence;
    block.querySelector(".refusal").textContent = sentence;
  };

  // What is missing stands first, each line with its own way on; the doctor who lets it pass comes last.
  const LISTS = { start: "#chair-checks", discharge: "#chair-leaving" };
  const missing = (form, sentence) => {
    form.querySelector(".still-missing")?.remove();
    const list = LISTS[form.dataset.act];
    const lines = sentence && list ? all(`${list} :is(.check-is-missing, .check-is-blocked)`) : [];
    if (!lines.length) return;
    const shown = element("ul", { className: "still-missing" });
    shown.append(...lines.map((line) => line.cloneNode(true)));
    askPlace(form).parentElement.prepend(shown);
  };

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
    form.querySelector(".still-missing")?.remove();
    all(".refused", form).forEach((el) => el.classList.remove("refused"));
    all(".vs-chosen", form).forEach((el) => el.replaceChildren());
    if ($("chair-state").classList.contains("not-saved")) $("chair-state").textContent = "";
    all("[data-others]", form).forEach((b) => b.parentElement.classList.add("few"));
    if (form.id === "form-vital-signs") { all("#symptom-sheet [aria-pressed]").forEach((b) => b.setAttribute("aria-pressed", "false")); chair.whenSaid(); chair.otherSaid(); }
    record().fresh(form);
    chair.preview();
  };

  // ---- what became of an entry -----------------------------------------------------------------------------------------

  const STATES = { saving: "Saving…", saved: "Saved", "not saved": "NOT SAVED" };

  const became = ({ form, state, why, ...detail }) => {
    if (form.dataset.act === "stop") chair.stop.became(form, state, why, detail);
    else if (state === "saved") wasSaved(form, detail);
    else if (state === "not saved") wasNotSaved(form, why, detail);
    else hideAsk(form);
    const place = $("chair-state");
    const what = form.dataset.says || "";
    place.className = "save-state " + state.replace(" ", "-");
    place.textContent = STATES[state] + (state === "saved" ? ` ${detail.at}` : "") + (what ? ` · ${what}` : "");
  };

  const wasSaved = (form, detail) => {
    if (form.tagName !== "FORM") { chair.say(""); return; }
    clear(form);
    if (page().classList.contains("stopped")) { chair.stopPage({ ...context() }); return; }
    if (form.id !== `form-${page().dataset.view}`) return;   // meanwhile another form was opened: it stays
    if (form.id === "form-vital-signs") chair.more(chair.evaluation.isOpen() || detail.body.level === "red");
    chair.show(detail.entry.body.outcome === "transferred" ? "transfer" : chair.home());   // decided, and now they leave
    if (detail.entry.body.decision === "release") stillHeld(detail.body.status);
  };

  const stillHeld = (status) => {   // a doctor's word alone releases nobody
    if (!status?.extended) return;
    const until = status.extended_until.filter(Boolean).join("; ");
    chair.say(`The review is recorded, but the observation goes on: ${status.extended_reasons.join("; ")}.${until ? ` It lasts until ${until}.` : ""}`);
  };

  const wasNotSaved = (form, why, detail) => {
    const ways = [];
    const again = () => record().send(form);
    const right = detail.field === "rate_ml_per_hour" ? "this rate is" : "these values are";
    if (detail.confirm) ways.push(button(`Yes, ${right} right: save`, () => record().send(form, { confirmed: true })));
    if (detail.late) ways.push(button(detail.late.words || "Record late", () => record().send(form, { late: true })));
    if (detail.movedTo) ways.push(element("a", { className: "control", href: "/chair/" + encodeURIComponent(detail.movedTo), textContent: `Go to chair ${detail.movedTo}` }));
    if (detail.savedBefore) ways.push(button("Record what is typed as another entry", () => { record().fresh(form); again(); }));
    if (!detail.confirm && !detail.late && !detail.savedBefore) ways.push(button("Save again", again));
    if (detail.locks?.length && form.tagName === "FORM") { override(form, why); ways.pop(); why = "A doctor may let it pass."; }
    if (detail.field === "partial_reason") $("vs-partial").hidden = false;
    // The field is marked first: the sentence is what stays in view.
    if (form.tagName === "FORM") { mark(form, detail.field); ask(form, why, ways); } else sayWith(why, ways);
  };

  const sayWith = (why, ways) => {
    chair.say(why);
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

  Object.assign(chair, { ask, became, clear, mark, override, sayWith });
})();
