/* Booking a patient: dates and times as people write them, what a hospital number already says, and whom the button books.

   Dates are typed in any order people use and read back as 05-Apr-1988 before anything is sent. */
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const record = () => window.chairside.record;
  const page = () => document.querySelector(".today-page");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  let finding = 0;
  let findTimer;
  let foundFor = "";
  let warned = [];        // what the course says of the chosen day

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
  const readers = {
    count: (el) => (pressedIn(el) === undefined ? undefined : Number(pressedIn(el))),
    day: (el) => pressedIn(el) || (typedIn(el) ? isoDate(typedIn(el)) ?? typedIn(el) : undefined),
    "time-of-day": (el) => (typedIn(el) ? timeOfDay(typedIn(el)) ?? typedIn(el) : undefined),
  };

  const readBack = (input) => {         // what was typed, as the ward writes it
    const field = input.closest("[data-type=day], [data-type=time-of-day]");
    if (!field || !input.value.trim()) return;
    const read = field.dataset.type === "day" ? isoDate(input.value) : timeOfDay(input.value);
    if (read) type(input, field.dataset.type === "day" ? dateWords(read) : read);
  };

  // ---- booking -------------------------------------------------------------------------------------------------------------

  const renew = (listed) => {
    const days = [wardDay(), wardDay(1)];
    const chips = all("[data-value]", $("book-date"));
    const other = listed && !days.includes(listed) ? listed : "";
    chips.forEach((chip, place) => { chip.dataset.value = days[place]; });
    $("book-date").dataset.default = listed || days[0];
    chips.forEach((chip) => chip.setAttribute("aria-pressed", String(chip.dataset.value === (listed || days[0]))));
    if (other) type($("book-date-typed"), dateWords(other));
    $("book-found").textContent = "";
    finding += 1;
    foundFor = "";
    warned = [];
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
    notes([...warned, ...sameTime(chair)]);
  };

  const sameTime = (chair) => {           // of the list that is shown; arriving is what the ward refuses
    const date = readers.day($("book-date"));
    const start = timeOfDay($("book-start").value) || "08:00";
    const rows = all(".list-scroll > :not([hidden]) .day-row").filter((row) => row.dataset.date === date && !row.dataset.gone);
    return rows.filter((row) => row.dataset.chair === chair && row.dataset.start === start)
      .map((row) => `${row.dataset.name} is booked in chair ${chair} at ${start} too.`);
  };

  const press = (field, value) => all("[data-value]", field).forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.value === String(value))));

  const find = async () => {
    const patientId = $("book-patient-id").value.trim();
    const turn = ++finding;
    if (!patientId) { known(null); return; }
    const body = { patient_id: patientId };
    const [course, day, date] = [pressedIn($("book-course")), pressedIn($("book-day")), readers.day($("book-date"))];
    if (course && day && /^\d{4}-/.test(date || "")) Object.assign(body, { course: Number(course), day: Number(day), date });
    let answer = null;
    try {
      const reply = await fetch("/api/patients/find", { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body), signal: AbortSignal.timeout(5000) });
      if (reply.ok) answer = await reply.json();
    } catch { /* said below; a booking can be typed without it */ }
    if (turn !== finding) return;
    if (!answer && foundFor !== patientId) known(null);
    if (!answer) { $("book-found").textContent = "The ward's server did not say whether this patient is known. Type the rest."; return; }
    if (foundFor !== patientId) { foundFor = patientId; known(answer); }
    warned = answer.warnings;
    whom();
  };

  const NAMES = [["book-family-name", "family_name"], ["book-given-name", "given_name"], ["book-born", "born"], ["book-allergies", "allergies"]];
  const known = (answer) => {
    const patient = answer?.patient;
    if (!answer) [foundFor, warned] = ["", []];
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
    $("book-notes").replaceChildren(...warnings.map((words) => Object.assign(document.createElement("span"), { textContent: words })));
  };

  const chosen = () => { daysOfCourse(); whom(); find(); };
  const typed = (input) => {
    whom();
    if (input.id !== "book-patient-id") return;
    clearTimeout(findTimer);
    findTimer = setTimeout(find, 400);
  };

  window.chairside = Object.assign(window.chairside || {}, {
    booking: { renew, chosen, typed, find, press, type, readBack, readers, isoDate, dateWords, weekday, wardDay },
  });
})();
