/* The Today page: which form is open and for whom, what a hospital number already says, and which date is listed.

   A row's button opens the form of its act; #chair-context then says whose it is, and record.js records it.
   Dates are typed as people write them and read back as 05-Apr-1988 before anything is sent. */
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const record = () => window.chairside.record;
  const page = () => document.querySelector(".today-page");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
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
  const type = (input, value) => {      // through the setter React watches, so that it keeps what it sees
    if (input.tagName === "INPUT") setValue.call(input, value); else input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // ---- dates and times as people write them --------------------------------------------------------------------------

  const isoDate = (text) => {
    const plain = text.trim();
    let found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
    let [year, month, day] = found ? found.slice(1).map(Number) : [];
    if (!found && (found = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(plain))) [day, month, year] = found.slice(1).map(Number);
    if (!found && (found = /^(\d{1,2})[ -]?([a-z]{3})[a-z]*[ -]?(\d{4})$/i.exec(plain))) {
      [day, year] = [Number(found[1]), Number(found[3])];
      month = MONTHS.findIndex((name) => name.toLowerCase() === found[2].toLowerCase()) + 1;
    }
    if (!found || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  };
  const dateWords = (iso) => `${iso.slice(8)}-${MONTHS[Number(iso.slice(5, 7)) - 1]}-${iso.slice(0, 4)}`;
  const weekday = (iso) => `${WEEKDAYS[new Date(iso + "T12:00Z").getUTCDay()]} ${dateWords(iso)}`;
  const timeOfDay = (text) => {
    const found = /^(\d{1,2})[:. ]?(\d{2})$/.exec(text.trim());
    return found && Number(found[1]) < 24 && Number(found[2]) < 60 ? `${found[1].padStart(2, "0")}:${found[2]}` : null;
  };
  const wardDay = (ahead = 0) => new Intl.DateTimeFormat("en-CA", { timeZone: page().dataset.zone })
    .format(new Date(record().wardNow() + ahead * 86400000));

  const typedIn = (el) => el.querySelector("input")?.value.trim() ?? "";
  const pressedIn = (el) => el.querySelector("[data-value][aria-pressed=true]")?.dataset.value;
  const READERS = {
    day: (el) => pressedIn(el) || (typedIn(el) ? isoDate(typedIn(el)) ?? typedIn(el) : undefined),
    "time-of-day": (el) => (typedIn(el) ? timeOfDay(typedIn(el)) ?? typedIn(el) : undefined),
  };

  const readBack = (input) => {         // what was typed, as the ward writes it
    const field = input.closest("[data-type=day], [data-type=time-of-day]");
    if (!field || !input.value.trim()) return;
    const read = field.dataset.type === "day" ? isoDate(input.value) : timeOfDay(input.value);
    if (read) type(input, field.dataset.type === "day" ? dateWords(read) : read);
  };

  // ---- panels ----------------------------------------------------------------------------------------------------------

  const show = (name, opened = true) => {
    all(".today-panel > form").forEach((form) => { form.hidden = form.id !== "form-" + name; });
    page().dataset.panel = name;
    page().classList.toggle("panel-open", opened);
    const form = $("form-" + name);
    if (!form.dataset.state) record().fresh(form);
    if (!opened) return form;
    say("");
    form.querySelector("h2").focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
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
    all("input:not([type=file]), textarea", form).forEach((input) => { input.readOnly = false; type(input, ""); });
    all("[data-value]", form).forEach((b) => {
      const field = b.closest("[data-field]");
      b.setAttribute("aria-pressed", String(Boolean(b.dataset.value) && b.dataset.value === field?.dataset.default));
    });
    all(".when-time, .ask, .override", form).forEach((el) => { el.hidden = true; });
    all(".refused", form).forEach((el) => el.classList.remove("refused"));
    all(".save-state", form).forEach((el) => { el.textContent = ""; el.className = "save-state"; });
    if (form.id === "form-book") newBooking();
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
      const taken = other && other.day !== row.day ? " · " + other.name.split(",")[0] : "";
      chip.textContent = chip.dataset.value + taken;
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

  // ---- booking -------------------------------------------------------------------------------------------------------------

  const newBooking = () => {
    const days = [wardDay(), wardDay(1)];
    const chips = all("[data-value]", $("book-date"));
    const other = listed && !days.includes(listed) ? listed : "";
    chips.forEach((chip, place) => { chip.dataset.value = days[place]; });
    $("book-date").dataset.default = listed || days[0];
    chips.forEach((chip) => chip.setAttribute("aria-pressed", String(chip.dataset.value === (listed || days[0]))));
    if (other) type($("book-date-typed"), dateWords(other));
    $("book-found").textContent = "";
    notes([]);
    daysOfCourse();
    whom();
  };

  const daysOfCourse = () => {
    const course = Number(pressedIn($("book-course")) || 1);
    all("[data-value]", $("book-day")).forEach((chip) => {
      chip.hidden = course > 1 && Number(chip.dataset.value) > Number($("book-days").dataset.laterDays);
      if (chip.hidden) chip.setAttribute("aria-pressed", "false");
    });
  };

  const whom = () => {                    // the button says whom it books
    const [family, given, born] = ["book-family-name", "book-given-name", "book-born"].map((id) => $(id).value.trim());
    const chair = pressedIn($("book-chair"));
    const words = family && given ? `${family.toUpperCase()}, ${given}${isoDate(born) ? " · born " + dateWords(isoDate(born)) : ""}` : "";
    all("#form-book .who").forEach((el) => { el.textContent = words + (words && chair ? ` · chair ${chair}` : ""); });
    all("#form-book .save-for").forEach((el) => { el.hidden = !words; el.textContent = " "; });
  };

  const press = (field, value) => all("[data-value]", field).forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.value === String(value))));

  let finding = 0;
  let findTimer;
  let foundFor = "";
  const find = async () => {
    const patientId = $("book-patient-id").value.trim();
    const turn = ++finding;
    if (!patientId) { known(null); return; }
    const body = { patient_id: patientId };
    const [course, day, date] = [pressedIn($("book-course")), pressedIn($("book-day")), READERS.day($("book-date"))];
    if (course && day && /^\d{4}-/.test(date || "")) Object.assign(body, { course: Number(course), day: Number(day), date });
    let answer = null;
    try {
      const reply = await fetch("/api/patients/find", { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body), signal: AbortSignal.timeout(5000) });
      if (reply.ok) answer = await reply.json();
    } catch { /* said below; a booking can be typed without it */ }
    if (turn !== finding) return;
    if (!answer) { $("book-found").textContent = "The ward’s server did not say whether this patient is known. Type the rest."; return; }
    if (foundFor !== patientId) { foundFor = patientId; known(answer); }
    notes(answer.warnings);
  };

  const NAMES = [["book-family-name", "family_name"], ["book-given-name", "given_name"], ["book-born", "born"], ["book-allergies", "allergies"]];
  const known = (answer) => {
    const patient = answer?.patient;
    if (!answer) foundFor = "";
    for (const [id, name] of NAMES) {
      const input = $(id);
      if (patient) type(input, name === "born" ? dateWords(patient.born) : patient[name]);
      else if (input.readOnly) type(input, "");
      input.readOnly = Boolean(patient);
    }
    $("book-found").textContent = !answer ? "" : patient ? knownWords(answer) : "Not known on this ward: a new patient.";
    if (answer?.next && !pressedIn($("book-course")) && !pressedIn($("book-day"))) {
      press($("book-course"), answer.next.course);
      daysOfCourse();
      press($("book-day"), answer.next.day);
      find();
    }
    whom();
  };
  const knownWords = ({ patient, days, next }) => {
    const last = days.at(-1);
    const booked = last ? ` Last booked: course ${last.course}, day ${last.day} on ${dateWords(last.date)}.` : "";
    return `Known: ${patient.family_name.toUpperCase()}, ${patient.given_name} · born ${dateWords(patient.born)}.${booked}`
      + (next ? ` Next is course ${next.course}, day ${next.day}.` : "");
  };
  const notes = (warnings) => {
    $("book-notes").replaceChildren(...warnings.map((words) => element("span", { textContent: words })));
  };

  // ---- which date is listed -----------------------------------------------------------------------------------------------

  const shownList = () => $(listed ? "other-days" : "today-days");

  const list = (date) => {
    listed = date && date !== wardDay() ? date : "";
    const which = !listed ? "today" : listed === wardDay(1) ? "tomorrow" : "";
    all("[data-list-date]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.listDate === which)));
    $("today-days").hidden = $("today-counts").hidden = Boolean(listed);
    $("other-days").hidden = !listed;
    $("today-title").textContent = listed ? "Infusion days of " + weekday(listed) : "Infusion days";
    if (listed) window.dash_clientside.set_props("other-date", { data: { date: listed, asked: ++asked } });
    if (!record().isTyped($("form-book"))) newBooking();
  };

  const listOther = () => {
    const date = isoDate($("list-date").value);
    if (!date) { say("Write the date as 21-Nov-2026."); $("list-date").focus(); return; }
    say("");
    type($("list-date"), dateWords(date));
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
    if (state === "saved" && form.id !== "form-import") wasSaved(form, detail);
    if (state === "saved" && listed) list(listed);
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
    const override = form.querySelector(".override");
    const locked = detail.locks?.length && override;
    const ways = [];
    if (detail.late) ways.push(button(detail.late.words || "Record late", () => record().send(form, { late: true })));
    else if (!locked) ways.push(button("Save again", () => record().send(form)));
    if (locked) {
      override.hidden = false;
      override.querySelector(".refusal").textContent = why;
      why = "A doctor may let it pass: name and reason, then save again.";
    }
    const place = form.querySelector(".ask");
    place.replaceChildren(element("p", { textContent: why }), element("div", { className: "chips" }, ...ways));
    place.hidden = false;
    mark(form, detail.field);
    place.scrollIntoView({ block: "nearest" });
  };

  const mark = (form, name) => {
    all(".refused", form).forEach((el) => el.classList.remove("refused"));
    const field = name && all("[data-field]", form).find((el) => el.dataset.field.split(".").includes(name));
    field?.classList.add("refused");
    field?.querySelector("input, [data-value]")?.focus();
  };

  // ---- taps and changes -------------------------------------------------------------------------------------------------------

  const taps = [
    ["[data-open-act]", openAct],
    ["[data-show]", (from) => { opener = from; clear(show(from.dataset.show)); }],
    ["[data-back]", back],
    ["[data-list-date]", (from) => list(wardDay(from.dataset.listDate === "tomorrow" ? 1 : 0))],
    ["#list-date-show", listOther],
  ];
  document.addEventListener("click", (event) => {
    if (!page()) return;
    const [, tap, hit] = taps.map(([s, t]) => [s, t, event.target.closest(s)]).find(([, , h]) => h) || [];
    if (tap) tap(hit);
  });

  document.addEventListener("chairside:state", (event) => { if (page()) became(event.detail); });

  document.addEventListener("chairside:chosen", (event) => {
    if (!page()) return;
    const field = event.target.closest("[data-field]");
    if (field?.dataset.type === "when") field.querySelector(".when-time").hidden = event.detail.value !== "time";
    const typedToo = field?.querySelector(".own-words input, .when-time input");
    if (field && field.dataset.type !== "when" && event.detail.value && typedToo?.value) type(typedToo, "");
    if (!event.target.closest("#form-book")) return;
    daysOfCourse();
    whom();
    find();
  });

  document.addEventListener("input", (event) => {
    if (!page() || !event.target.closest("form")) return;
    const field = event.target.closest("[data-field]");
    field?.classList.remove("refused");
    if (field && event.target.closest(".own-words") && event.target.value) press(field, "none of them");
    if (!event.target.closest("#form-book")) return;
    whom();
    if (event.target.id !== "book-patient-id") return;
    clearTimeout(findTimer);
    findTimer = setTimeout(find, 400);
  });

  document.addEventListener("focusout", (event) => { if (page() && event.target.tagName === "INPUT") readBack(event.target); });

  document.addEventListener("keydown", (event) => {
    if (!page()) return;
    if (event.key === "Escape" && page().classList.contains("panel-open")) back(document.querySelector(".today-panel > form:not([hidden]) h2"));
    if (event.key === "Enter" && event.target.id === "list-date") listOther();
    if (event.key === "Enter" && event.target.id === "book-patient-id") { event.preventDefault(); find(); }
  });

  // Dash draws the page after this script has run.
  const begin = () => {
    if (!page() || !$("form-book") || page().dataset.begun) return;
    page().dataset.begun = "yes";
    Object.assign(record().readers, READERS);
    newBooking();
    home();
  };
  new MutationObserver(begin).observe(document.documentElement, { childList: true, subtree: true });
  window.chairside = Object.assign(window.chairside || {}, { today: { list, say, clear, home, element, button, dateWords } });
  begin();
})();
