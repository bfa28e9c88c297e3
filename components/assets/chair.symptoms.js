/* Symptoms and the level of what is typed: chips, the sheet of other symptoms, open ones by name, the preview.

   The preview is a question to the server with a number; the level bar says which question it answers. */
(() => {
  const chair = window.chairside.page;
  const { $, all, record, page, element, button } = chair;

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
      if (!form || !window.chairside.held) return;
      const { happened_at, ...values } = record().read(form, record().wardNow());
      window.chairside.trend?.typed(values);
      window.dash_clientside?.set_props("vs-typed", { "data-typed": JSON.stringify({ day: window.chairside.held.day, values, number: asked, typing: document.activeElement?.closest("[data-field]")?.dataset.field }) });
    }, 120);
  };

  const incomplete = () => $("vs-level").querySelector("[data-complete=no]");

  const answered = () => $("vs-level").firstElementChild?.dataset.of === String(asked);
  const whenAnswered = (then, tries = 15) => (answered() || !tries ? then() : setTimeout(() => whenAnswered(then, tries - 1), 100));

  const beforeVitals = (event, form) => {
    const nothing = !record().isTyped(form);
    const partial = $("vs-partial");
    if (nothing) { event.preventDefault(); chair.ask(form, "Nothing is typed yet.", []); return; }
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

  Object.assign(chair, { beforeVitals, more, openSymptoms, otherSaid, preview, tapNoneNew, tapSeverity, tapSymptom, whenSaid });
})();
