/* The Today page: which form is open and for whom, what became of it, and which date is listed.

   A row's button opens the form of its act; #chair-context then says whose it is, and record.js records it. What is
   special to booking stands in booking.js, the import of a list in day_list.js. */
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const record = () => window.chairside.record;
  const page = () => document.querySelector(".today-page");
  const booking = () => window.chairside.booking;
  let opener = null;
  let listed = "";        // the other date that is shown; empty: today
  let asked = 0;

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

  // ---- panels ----------------------------------------------------------------------------------------------------------

  const show = (name, opened = true) => {
    all("#today-forms > form").forEach((form) => { form.hidden = form.id !== "form-" + name; });
    page().dataset.panel = name;
    page().classList.toggle("panel-open", opened);
    const form = $("form-" + name);
    if (!form.dataset.state) record().fresh(form);
    if (!opened) return form;
    say("");
    form.querySelector("h2").focus({ preventScroll: true });
    form.scrollTop = 0;
    if (!matchMedia("(min-width: 1100px)").matches) window.scrollTo(0, 0);
    return form;
  };

  const home = () => { show("book", false); };

  const back = (from) => {
    const form = from.closest("form");
    if (form.dataset.state === "saving") return;
    clear(form);
    home();
    (opener?.isConnected ? opener : $("today-title")).focus({ preventScroll: true });
  };

  const clear = (form) => {
    all("input:not([type=file]), textarea", form).forEach((input) => { input.readOnly = false; booking().type(input, ""); });
    all("[data-value]", form).forEach((b) => {
      const field = b.closest("[data-field]");
      b.setAttribute("aria-pressed", String(Boolean(b.dataset.value) && b.dataset.value === field?.dataset.default));
    });
    all(".when-time, .ask", form).forEach((el) => { el.hidden = true; });
    $("override").hidden = true;
    all(".refused", form).forEach((el) => el.classList.remove("refused"));
    all(".save-state", form).forEach((el) => { el.textContent = ""; el.className = "save-state"; });
    if (form.id === "form-book") booking().renew(listed);
    form.dispatchEvent(new CustomEvent("chairside:cleared", { bubbles: true }));
    record().fresh(form);
  };

  const say = (words) => { $("today-said").textContent = words; };

  // ---- arrive, move, swap, defer -----------------------------------------------------------------------------------------

  const openAct = (from) => {
    const row = from.closest("[data-day]").dataset;
    const form = $("form-" + from.dataset.openAct);
    const context = $("chair-context").dataset;
    for (const name of ["day", "patient", "chair", "position", "name", "born"]) context[name] = row[name];
    opener = from;
    presetChair(form, row);
    clear(form);
    all(".who", form).forEach((el) => { el.textContent = `${row.name} · born ${row.born}`; });
    if (form.id === "form-swap") partners(form, row);
    show(from.dataset.openAct);
  };

  const presetChair = (form, row) => {
    const field = form.querySelector("[data-field=chair]");
    if (!field) return;
    const arriving = form.dataset.act === "arrive";
    field.dataset.default = arriving ? row.chair : "";
    const seated = Object.fromEntries(all("#today-days [data-open=yes]").map((r) => [r.dataset.chair, r.dataset]));
    all("[data-value]", field).forEach((chip) => {
      const other = seated[chip.dataset.value];
      const taken = other && other.day !== row.day;
      chip.replaceChildren(chip.dataset.value, ...(taken ? [element("small", { textContent: "taken" })] : []));
      chip.classList.toggle("taken", Boolean(taken));
      chip.hidden = !arriving && chip.dataset.value === row.chair;
    });
  };

  const partners = (form, row) => {
    const place = form.querySelector("[data-field=with] .chips");
    const others = all(".day-row", shownList()).filter((r) => r.dataset.day !== row.day && r.dataset.chair !== row.chair && r.querySelector(".act-swap"));
    place.replaceChildren(...others.map((r) => {
      const chip = button(`${r.dataset.chair} · ${r.dataset.name} · born ${r.dataset.born}`, () => {}, "chip");
      chip.dataset.value = r.dataset.day;
      chip.setAttribute("aria-pressed", "false");
      return chip;
    }));
    if (!others.length) place.append(element("p", { textContent: "There is nobody in another chair to swap with." }));
  };

  // ---- which date is listed -----------------------------------------------------------------------------------------------

  const shownList = () => $(listed ? "other-days" : "today-days");

  const list = (date) => {
    listed = date && date !== booking().wardDay() ? date : "";
    const which = !listed ? "today" : listed === booking().wardDay(1) ? "tomorrow" : "";
    all("[data-list-date]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.listDate === which)));
    $("today-days").hidden = $("today-counts").hidden = Boolean(listed);
    $("other-days").hidden = !listed;
    $("today-title").textContent = listed ? "Infusion days of " + booking().weekday(listed) : "Infusion days";
    if (listed) window.dash_clientside.set_props("other-date", { "data-asked": `${listed} ${++asked}` });
    if (!record().isTyped($("form-book"))) booking().renew(listed);
  };

  const listOther = () => {
    const date = booking().isoDate($("list-date").value);
    if (!date) { say("Write the date as 21-Nov-2026."); $("list-date").focus(); return; }
    say("");
    booking().type($("list-date"), booking().dateWords(date));
    list(date);
  };

  // ---- what became of an entry ---------------------------------------------------------------------------------------------

  const STATES = { saving: "Saving…", saved: "Saved", "not saved": "NOT SAVED" };

  const became = ({ form, state, why, ...detail }) => {
    const place = form.querySelector(".save-state");
    place.className = "save-state " + state.replace(" ", "-");
    place.textContent = STATES[state] + (state === "saved" ? " " + detail.at : "");
    if (state === "saving") form.querySelector(".ask").hidden = true;
    if (state === "not saved") wasNotSaved(form, why, detail);
    if (state === "saved" && !OWN_END.has(form.id)) wasSaved(form, detail);
    if (state === "saved" && form.id === "form-staff") staffAdded(form, detail);
    if (state === "saved" && listed) list(listed);
  };

  const OWN_END = new Set(["form-import", "form-close-ward", "form-staff"]);   // they say themselves what was saved
  const staffAdded = (form, { body }) => {
    clear(form);
    home();
    say(`${body.name} is on the list and can sign on.`);
    $("today-title").focus({ preventScroll: true });
  };

  const DONE = { book: "is booked", arrive: "has arrived", move: "has moved", swap: "has changed chairs", defer: "is deferred" };
  const wasSaved = (form, { at, body }) => {
    const { patient, chair } = body.status;
    const words = `Saved ${at} · ${patient.family_name.toUpperCase()}, ${patient.given_name} ${DONE[form.dataset.act]}`;
    const wasBooking = form.dataset.act === "book" && page().classList.contains("panel-open");
    clear(form);
    home();
    say(words + (form.dataset.act === "defer" ? "." : `, chair ${chair}.`));
    (wasBooking ? $("today-title") : form.dataset.act === "book" ? $("book-patient-id") : opener?.isConnected ? opener : $("today-title"))
      .focus({ preventScroll: true });
  };

  const wasNotSaved = (form, why, detail) => {
    const override = $("override");
    const locked = detail.locks?.length > 0;
    const ways = [];
    if (detail.confirm) ways.push(button("Yes, save it all the same", () => record().send(form, { confirmed: true })));
    else if (detail.late) ways.push(button(detail.late.words || "Record late", () => record().send(form, { late: true })));
    else if (detail.unanswered) ways.push(button("Save again now", () => record().send(form)));
    if (locked) {
      form.insertBefore(override, form.querySelector(".form-foot"));
      override.hidden = false;
      override.querySelector(".refusal").textContent = why;
      why = "A doctor may let it pass: name and reason, then save again.";
    }
    const place = form.querySelector(".ask");
    place.replaceChildren(element("p", { textContent: why }), ...ways);
    place.hidden = false;
    mark(form, detail.field);
    if (locked) override.scrollIntoView({ block: "nearest" });
  };

  const mark = (form, ...names) => {
    all(".refused", form).forEach((el) => el.classList.remove("refused"));
    const fields = all("[data-field]", form).filter((el) => names.some((name) => name && el.dataset.field.split(".").includes(name)));
    fields.forEach((field) => field.classList.add("refused"));
    fields[0]?.querySelector("input, [data-value]:not([hidden])")?.focus();
  };

  const NEEDED = {
    book: { patient_id: "hospital number", family_name: "family name", given_name: "given name", born: "born", course: "course", day: "day", date: "date", chair: "chair" },
    arrive: { chair: "chair" }, move: { chair: "chair" }, swap: { with: "whom to swap with" }, defer: { reason: "the reason" },
    staff: { name: "the name", role: "the role", pin: "the PIN", pin_again: "the same PIN again" },
  };
  const before = (event) => {             // every gap is named at once, before anything is sent
    const form = event.target;
    const body = record().read(form, record().wardNow());
    const said = { ...body, ...body.patient };
    const needed = NEEDED[form.dataset.act] || {};
    const missing = Object.keys(needed).filter((name) => said[name] === undefined);
    const unread = ["born", "date"].filter((name) => said[name] && !/^\d{4}-\d\d-\d\d$/.test(said[name]));
    const time = said.start && !/^\d\d:\d\d$/.test(said.start) ? ["start"] : [];
    if (!missing.length && !unread.length && !time.length) return;
    event.preventDefault();
    const words = [
      missing.length ? `Still missing: ${missing.map((name) => needed[name]).join(", ")}.` : "",
      ...unread.map((name) => `${name === "born" ? "Born" : "Date"} is written as 05-Apr-1988 or 5/4/1988.`),
      ...time.map(() => "Start is written as 08:15, on the 24-hour clock."),
    ];
    const place = form.querySelector(".ask");
    place.replaceChildren(element("p", { textContent: words.filter(Boolean).join(" ") }));
    place.hidden = false;
    mark(form, ...missing, ...unread, ...time);
  };

  // ---- taps and changes -------------------------------------------------------------------------------------------------------

  const taps = [
    ["[data-open-act]", openAct],
    ["[data-show]", (from) => { opener = from; clear(show(from.dataset.show)); }],
    ["[data-back]", back],
    ["[data-list-date]", (from) => list(booking().wardDay(from.dataset.listDate === "tomorrow" ? 1 : 0))],
    ["#list-date-show", listOther],
  ];
  document.addEventListener("click", (event) => {
    if (!page()) return;
    const [, tap, hit] = taps.map(([s, t]) => [s, t, event.target.closest(s)]).find(([, , h]) => h) || [];
    if (tap) tap(hit);
  });

  document.addEventListener("chairside:before", (event) => { if (page()) before(event); });
  document.addEventListener("chairside:state", (event) => { if (page()) became(event.detail); });

  document.addEventListener("chairside:chosen", (event) => {
    if (!page()) return;
    const field = event.target.closest("[data-field]");
    if (field?.dataset.type === "when") field.querySelector(".when-time").hidden = event.detail.value !== "time";
    const typedToo = field?.querySelector(".own-words input, .when-time input");
    if (field && field.dataset.type !== "when" && event.detail.value && typedToo?.value) booking().type(typedToo, "");
    if (event.target.closest("#form-book")) booking().chosen();
  });

  document.addEventListener("input", (event) => {
    if (!page() || !event.target.closest("form")) return;
    const field = event.target.closest("[data-field]");
    field?.classList.remove("refused");
    if (field && event.target.closest(".own-words") && event.target.value) booking().press(field, "none of them");
    if (event.target.closest("#form-book")) booking().typed(event.target);
  });

  document.addEventListener("focusout", (event) => { if (page() && event.target.tagName === "INPUT") booking().readBack(event.target); });

  document.addEventListener("keydown", (event) => {
    if (!page()) return;
    if (event.key === "Escape" && page().classList.contains("panel-open")) back(document.querySelector("#today-forms > form:not([hidden]) h2"));
    if (event.key === "Enter" && event.target.id === "list-date") listOther();
    if (event.key === "Enter" && event.target.id === "book-patient-id") { event.preventDefault(); booking().find(); }
  });

  // Dash draws the page after this script has run; the forms are ours alone from then on.
  const begin = () => {
    if (!page() || page().dataset.begun) return;
    page().dataset.begun = "yes";
    all(".plain[data-html]").forEach((el) => { el.innerHTML = el.dataset.html; el.removeAttribute("data-html"); });
    Object.assign(record().readers, booking().readers);
    booking().renew("");
    home();
  };
  new MutationObserver(begin).observe(document.documentElement, { childList: true, subtree: true });
  window.chairside = Object.assign(window.chairside || {}, { today: { list, say, clear, home, element, button } });
  begin();
})();
