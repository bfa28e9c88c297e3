/* The import of the day's list: reads the chosen file, shows what the ward's server makes of it, and books all or nothing.

   What is wrong with a list only the server says; here are only its answers, put on the screen. */
(() => {
  const LARGEST = 1 << 20;
  const $ = (id) => document.getElementById(id);
  const today = () => window.chairside.today;
  const make = (...parts) => today().element(...parts);
  let file = null;        // base64 of the chosen list
  let dates = [];
  let turn = 0;

  // ---- choosing ------------------------------------------------------------------------------------------------------

  const take = async (chosen) => {
    if (!chosen) return;
    if (chosen.size > LARGEST) { refuse("The file is larger than 1 MB: that is no list of one day."); return; }
    file = encoded(new Uint8Array(await chosen.arrayBuffer()));
    preview();
  };

  const paste = () => {
    const text = $("import-pasted").value;
    if (!text.trim()) { refuse("Nothing is pasted yet."); return; }
    file = encoded(new TextEncoder().encode(text));
    preview();
  };

  const encoded = (bytes) => {
    const parts = [];
    for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
    return btoa(parts.join(""));
  };

  const refuse = (words, again) => {
    const place = $("import-said");
    place.replaceChildren(make("p", { textContent: words }), ...(again ? [today().button("Try again", again)] : []));
    place.hidden = false;
    showing(false);
  };

  const showing = (list) => {
    $("import-shown").hidden = $("import-again").hidden = !list;
    $("import-choose").hidden = list;
    if (!list) $("import-book").hidden = true;
  };

  // ---- what the ward's server makes of it ----------------------------------------------------------------------------

  const preview = async (mapping) => {
    const mine = ++turn;
    const body = mapping ? { base64: file, mapping } : { base64: file };
    let reply = null, answer = null;
    try {
      reply = await fetch("/api/day-list/preview", { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body), signal: AbortSignal.timeout(10000) });
      answer = await reply.json();
    } catch { /* said below */ }
    if (mine !== turn) return;
    if (!answer) { refuse("No answer from the ward's server. Nothing was booked.", () => preview(mapping)); return; }
    if (!reply.ok) { refuse(answer.refusal); return; }
    paint(answer);
  };

  const paint = (answer) => {
    $("import-said").hidden = true;
    showing(true);
    dates = [...new Set(answer.lines.map((line) => line.date))];
    $("import-list").dataset.given = JSON.stringify(file);
    $("import-mapping").dataset.given = JSON.stringify(answer.mapping);
    columns(answer);
    problems(answer.problems);
    lines(answer);
    const ready = !answer.problems.length && answer.to_book > 0;
    $("import-book").hidden = !ready;
    $("import-book").textContent = `Book ${patients(answer.to_book)}`;
    window.chairside.record.fresh($("form-import"));
  };

  const patients = (count) => (count === 1 ? "1 patient" : `${count} patients`);

  const columns = ({ fields, headings, mapping, problems: found, lines: shown }) => {
    const used = new Set(Object.values(mapping)).size;
    $("import-columns-words").textContent = `Columns: ${used} of ${headings.length} are read. Change which column is what`;
    if (found.length && !shown.length) $("import-columns-part").open = true;
    $("import-columns").replaceChildren(...fields.map(({ field, words }) => {
      const chosen = make("select", { id: `import-column-${field}`, className: "typed" }, make("option", { value: "", textContent: "– no column –" }),
        ...headings.map((heading) => make("option", { value: heading, textContent: heading, selected: mapping[field] === heading })));
      chosen.addEventListener("change", () => preview(chosenColumns(chosen.id)));
      return make("div", { className: "column" }, make("label", { htmlFor: chosen.id, textContent: words }), chosen);
    }));
    if (refocus) $(refocus)?.focus();
    refocus = "";
  };
  let refocus = "";
  const chosenColumns = (id) => {
    refocus = id;
    const selects = [...$("import-columns").querySelectorAll("select")].filter((select) => select.value);
    return Object.fromEntries(selects.map((select) => [select.id.replace("import-column-", ""), select.value]));
  };

  const problems = (found) => {
    const place = $("import-problems");
    place.hidden = !found.length;
    place.replaceChildren();
    if (found.length) place.append(
      make("h3", { textContent: found.length === 1 ? "1 problem: nothing can be booked yet" : `${found.length} problems: nothing can be booked yet` }),
      make("ul", {}, ...found.map((one) => make("li", { textContent: one.sentence }))),
      make("p", { className: "muted", textContent: "Correct the list and choose it again, or change below which column is what." }),
    );
  };

  const HEADS = ["Line", "Patient", "Born", "Hospital number", "Chair", "Date", "Start", "Course · day", "Allergies", "Note"];
  const lines = ({ lines: shown, problems: found, to_book: toBook, already }) => {
    const faulty = new Set(found.map((one) => one.line));
    const summary = `${patients(toBook)} to book` + (already ? `, ${already} booked already` : "");
    const words = window.chairside.booking.dateWords;
    const cells = (line) => [line.line, `${line.family_name.toUpperCase()}, ${line.given_name}`, words(line.born), line.patient_id, line.chair,
      words(line.date), line.start, `${line.course} · ${line.day}`, line.allergies, [line.note, ...line.warnings].filter(Boolean).join(" · ")];
    const row = (line) => make("tr", { className: faulty.has(line.line) ? "faulty" : line.already ? "already" : "" },
      ...cells(line).map((text, place) => make(place === 1 ? "th" : "td", { textContent: text, ...(place === 1 && { scope: "row" }) })),
      make("td", { textContent: line.already ? "booked already" : faulty.has(line.line) ? "has a problem" : "" }));
    const head = make("tr", {}, ...[...HEADS, "Remark"].map((text) => make("th", { scope: "col", textContent: text })));
    const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...shown.map(row)));
    const scroll = make("div", { className: "table-scroll", tabIndex: 0 }, table);
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Lines of the list");
    const title = found.length ? "Lines that can be read" : toBook ? summary : "All of this list is booked already";
    $("import-lines").replaceChildren(make("h3", { textContent: title }), ...(shown.length ? [scroll] : []));
    $("import-lines").hidden = !shown.length;
  };

  // ---- booked ----------------------------------------------------------------------------------------------------------

  const booked = ({ at, body }) => {
    const already = body.already ? ` ${patients(body.already)} of the list ${body.already === 1 ? "was" : "were"} booked already.` : "";
    const words = body.booked ? `Saved ${at} · ${patients(body.booked)} booked.${already}` : `Nothing to book:${already}`;
    const only = dates.length === 1 ? dates[0] : "";
    today().clear($("form-import"));
    today().home();
    if (only) today().list(only);
    today().say(words);
    $("today-title").focus({ preventScroll: true });
  };

  const fresh = () => {
    turn += 1;
    file = null;
    dates = [];
    for (const id of ["import-list", "import-mapping"]) delete $(id).dataset.given;
    if ($("import-file")) $("import-file").value = "";
    $("import-pasted").value = "";
    $("import-said").hidden = true;
    showing(false);
  };

  // ---- taps ------------------------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    if (event.target.id === "import-paste") paste();
    if (event.target.id === "import-again") { today().clear($("form-import")); $("import-file").focus(); }
  });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "import-file") return;
    take(event.target.files[0]);
    event.target.value = "";            // a corrected file of the same name can be chosen again
  });
  document.addEventListener("chairside:cleared", (event) => { if (event.target.id === "form-import") fresh(); });
  document.addEventListener("chairside:state", ({ detail }) => {
    if (detail.entry.form.id !== "form-import") return;
    if (detail.state === "saved") booked(detail);
    if (detail.problems?.length) problems(detail.problems);
  });
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => {
    const over = event.target.closest?.("#import-drop");
    if (!document.querySelector(".today-page")) return;
    event.preventDefault();             // a file dropped beside the place must not replace the page
    if (kind === "drop" && over) take(event.dataTransfer.files[0]);
  });
})();
