/* Carries what a nurse records to the ward: one POST per act, and an honest word about whether it was saved.

   <form data-act="pause" data-post="infusion/pause">   the act's id and its path below the infusion day
     <div data-field="reason" data-type="one">          a field of the body; types: see `readers`
   <button data-send data-act data-post data-body>      an act of one tap
   #chair-context data-day data-patient data-chair data-position …   whom and what this screen shows

   An entry keeps its key from the opening of the form until it is saved, so that a lost reply never doubles it.
   Its true time and its body are frozen at the tap; an automatic retry keeps the age of the tap, "Save again" renews it. */
(() => {
  const GIVE_UP_MS = 5000;      // one attempt
  const RETRY_FOR_MS = 60000;   // after this the tap is too old for the server as well
  const RETRY_EVERY_MS = 2000;
  const entries = new WeakMap();
  const unsaved = new Set();    // entries tapped and not yet known to be saved
  const ward = () => window.chairside || {};
  const wardNow = () => (ward().wardNow ? ward().wardNow() : Date.now());
  const realNow = () => (ward().realNow ? ward().realNow() : Date.now());
  const context = () => document.getElementById("chair-context")?.dataset || {};
  const emit = (target, name, detail) => target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

  // crypto.randomUUID is missing on a ward without https
  const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

  const clock = (ms) => new Intl.DateTimeFormat("en-GB",
    { hour: "2-digit", minute: "2-digit", timeZone: context().zone || "Europe/London" }).format(new Date(ms));

  const instantOf = (hhmm, latest) => {  // the newest instant at which the ward's clock read hh:mm
    const digits = hhmm.replace(/\D/g, "").padStart(4, "0");
    const words = digits.slice(0, 2) + ":" + digits.slice(2);
    for (let m = 0; m < 1440; m++) if (clock(latest - m * 60000) === words) {
      return Math.floor((latest - m * 60000) / 60000) * 60000;
    }
    return null;
  };

  const comingOf = (hhmm, at) => {       // the next instant at which it will read hh:mm
    const instant = hhmm && instantOf(hhmm, at + 86400000);
    return instant ? new Date(instant).toISOString() : undefined;
  };

  // ---- reading a form --------------------------------------------------------------------------------------------

  const typed = (el) => (el.matches("input,textarea") ? el : el.querySelector("input,textarea"))?.value.trim() ?? "";
  const pressed = (el) => [...el.querySelectorAll("[data-value][aria-pressed=true]")].map((b) => b.dataset.value);
  const number = (text) => {
    const plain = text.replace(",", ".");
    return plain === "" ? undefined : Number.isFinite(Number(plain)) ? Number(plain) : text;
  };
  const readers = {
    number: (el) => number(typed(el)),
    text: (el) => typed(el) || undefined,
    date: (el) => typed(el) || undefined,
    one: (el) => pressed(el)[0] ?? (typed(el) || undefined),
    amount: (el) => number(pressed(el)[0] ?? typed(el)),
    rate: (el) => readers.amount(el),
    many: (el) => pressed(el),
    bool: (el) => (pressed(el)[0] === undefined ? undefined : pressed(el)[0] === "yes"),
    when: (el, at) => new Date(whenMs(el, at)).toISOString(),
    past: (el, at) => pastOf(el, at),
    coming: (el, at) => comingOf(typed(el), at),
    ahead: (el, at) => (pressed(el)[0] ? new Date(at + Number(pressed(el)[0]) * 60000).toISOString() : undefined),
    symptoms: (el) => symptomsOf(el),
    given: (el) => JSON.parse(el.dataset.given || "null") ?? undefined,
  };

  const whenMs = (el, at) => {
    const choice = pressed(el)[0] || "0";
    if (choice !== "time") return at - Number(choice) * 60000;
    const exact = Number(el.dataset.exact);   // of what a device measured: the second, which its hh:mm leaves out
    return exact && typed(el) === clock(exact) && exact <= at ? exact : instantOf(typed(el), at) ?? at;
  };

  const pastOf = (el, at) => {           // never now: with no time said there is none to send
    const choice = pressed(el)[0];
    const instant = choice === "time" ? typed(el) && instantOf(typed(el), at) : choice && at - Number(choice) * 60000;
    return instant ? new Date(instant).toISOString() : undefined;
  };

  const symptomsOf = (el) => {
    const old = [...el.querySelectorAll("[data-open-symptom]")].flatMap((row) => pressed(row).map((change) => (
      { symptom: row.dataset.openSymptom, change, severity: row.dataset.severity || undefined })));
    const found = [...el.querySelectorAll("[data-symptom][aria-pressed=true]")].map((chip) => (
      { symptom: chip.dataset.symptom, change: "new", severity: chip.dataset.severity || undefined,
        note: chip.dataset.note || undefined }));
    const none = el.querySelector("[data-none-new][aria-pressed=true]");
    return none || old.length || found.length ? [...old, ...found] : undefined;
  };

  const put = (body, path, value) => {
    const steps = path.split(".");
    const last = steps.pop();
    let place = body;
    for (const step of steps) place = place[step] ??= {};
    place[last] = value;
  };

  const shown = (el, form) => { for (let e = el; e && e !== form; e = e.parentElement) if (e.hidden) return false; return true; };

  const read = (form, at) => {
    const body = { ...JSON.parse(form.dataset.body || "{}") };
    if (form.dataset.mine) body[form.dataset.mine] = ward().staff?.id ?? ward().staff;
    const happened = form.querySelector("[data-field=happened_at]");
    const when = happened ? whenMs(happened, at) : at;   // also where its choices are folded away
    if (!form.hasAttribute("data-timeless")) body.happened_at = new Date(when).toISOString();
    for (const el of form.querySelectorAll("[data-field]")) {
      const value = shown(el, form) ? readers[el.dataset.type](el, at) : undefined;
      if (value !== undefined && el.dataset.field !== "happened_at") put(body, el.dataset.field, value);
    }
    if (body.replacement) body.replacement = { ...JSON.parse(form.dataset.original || "{}"), ...body.replacement };
    return body;
  };

  const isTyped = (form) => [...form.querySelectorAll("[data-field]")].some((el) => {
    if (el.dataset.type === "when" || el.hasAttribute("data-default")) return false;
    if (el.dataset.type === "given") return false;
    const value = readers[el.dataset.type](el, 0);
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });

  // ---- sending ---------------------------------------------------------------------------------------------------

  const entryOf = (form) => {
    if (!entries.has(form)) entries.set(form, { form, key: freshKey(), held: { ...(ward().held || context()) } });
    return entries.get(form);
  };

  const headersOf = (entry) => {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": entry.key, "X-Issued-At": String(Math.round(entry.issued)) };
    const add = (name, value) => { if (value !== undefined && value !== null && value !== "") headers[name] = String(value); };
    if (!entry.form.hasAttribute("data-wardwide")) {
      const now = ward().held || context();   // the patient may have moved while this was typed
      add("X-Patient", entry.held.patient);
      add("X-Chair", now.patient === entry.held.patient ? now.chair : entry.held.chair);
      add("X-Position", entry.position);
    }
    add("X-Epoch", ward().epoch);
    return headers;
  };

  const pathOf = (entry) => {
    const path = entry.form.dataset.post;
    return path.startsWith("/") ? path : `/api/infusion-days/${entry.held.day}/${path}`;
  };

  const say = (entry, state, why = "", detail = {}) => {
    entry.state = state;
    if (state === "not saved" || state === "saving") unsaved.add(entry); else unsaved.delete(entry);
    entry.form.dataset.state = state;
    emit(document, "chairside:state", { form: entry.form, entry, state, why, ...detail });
  };

  const post = async (entry) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), GIVE_UP_MS);
    try {
      const answer = await fetch(pathOf(entry), { method: "POST", headers: headersOf(entry),
        body: JSON.stringify(entry.body), signal: stop.signal, credentials: "same-origin" });
      return { status: answer.status, body: await answer.json().catch(() => ({})) };
    } catch {
      return { status: 0, body: {} };
    } finally {
      clearTimeout(timer);
    }
  };

  const attempt = async (entry) => {
    if (entry.busy) return;
    entry.busy = true;
    clearTimeout(entry.timer);
    if (entry.state !== "not saved") say(entry, "saving");
    const answer = await post(entry);
    entry.busy = false;
    if (answer.status >= 200 && answer.status < 300) return saved(entry, answer.body);
    if (answer.status === 401) return say(entry, "not saved", "Nobody is signed on here. Sign on, then save again.", { signOn: true });
    if (answer.status >= 400 && answer.status < 500) return refused(entry, answer);
    unanswered(entry, answer.status);
  };

  const saved = (entry, body) => {
    const facts = body.facts || (body.fact ? [body.fact] : []);
    const fact = facts.find((f) => f && f.recorded_at);
    const at = clock(fact ? Date.parse(fact.recorded_at) : wardNow());
    entries.delete(entry.form);
    say(entry, "saved", "", { at, body, facts });
  };

  const refused = (entry, { status, body }) => { entry.answered = true; say(entry, "not saved", body.refusal || "Nothing was recorded.", {
    refused: true, status, field: body.field, confirm: body.confirm === true, late: body.late_offer, locks: body.locks || [],
    savedBefore: body.saved, changed: body.changed, movedTo: body.moved_to, problems: body.problems, conflict: status === 409,
  }); };

  const unanswered = (entry, status) => {
    const old = realNow() - entry.issued > RETRY_FOR_MS;
    const why = status === 0 ? "No answer from the ward's server." : "The ward's server could not record it.";
    say(entry, "not saved", why + (old ? " Write it on paper, then save again." : " Trying again by itself."), { unanswered: true, old });
    if (!old) entry.timer = setTimeout(() => attempt(entry), RETRY_EVERY_MS);
  };

  const send = (form, extra = {}) => {
    const entry = entryOf(form);
    if (entry.busy) return entry;                       // a double tap
    clearTimeout(entry.timer);
    const again = entry.state === "not saved" && entry.tapped;
    const at = again ? entry.tapped : wardNow();        // happened at stays the first tap's
    entry.tapped = at;
    entry.issued = realNow();
    entry.body = { ...read(form, at), ...entry.extra, ...extra };
    entry.extra = { ...entry.extra, ...extra };
    const shownHere = (ward().held || context()).patient === context().patient && entry.held.patient === context().patient;
    entry.position = shownHere ? context().position : undefined;
    attempt(entry);
    return entry;
  };

  const fresh = (form) => {
    const old = entries.get(form);
    if (old) { clearTimeout(old.timer); unsaved.delete(old); }
    entries.delete(form);
    delete form.dataset.state;
    return entryOf(form);
  };

  const hasTyped = () => unsaved.size > 0
    || [...document.querySelectorAll("form[data-post]")].some((form) => shown(form, null) && isTyped(form));
  window.addEventListener("beforeunload", (event) => { if (hasTyped()) event.preventDefault(); });

  window.chairside = Object.assign(window.chairside || {}, {
    hasTyped,
    record: { send, fresh, entryOf, read, readers, isTyped, context, clock, wardNow, realNow, unsaved },
  });
})();
