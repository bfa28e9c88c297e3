/* Closing the ward for the night: one line for each open chair, a receiver and a place on every one, one act for all.

   The lines are made from today's list when the form opens; a chair that was opened or closed meanwhile is refused by the
   ward, and the list is made anew with what was typed kept on the lines that stay. */
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const page = () => document.querySelector(".today-page");
  const today = () => window.chairside.today;
  const form = () => $("form-close-ward");
  const open = () => all("#today-days [data-open=yes]").map((row) => row.dataset);

  const field = (day, name, words, value) => {
    const ident = `night-${name}-${day}`;
    const input = today().element("input", { id: ident, type: "text", autocomplete: "off", value });
    const label = today().element("label", { htmlFor: ident, textContent: words });
    const made = today().element("div", { className: "field" }, label, input);
    Object.assign(made.dataset, { field: `receivers.${day}.${name}`, type: "text" });
    return made;
  };

  const line = (row, typed) => {
    const who = today().element("p", { className: "night-who" });
    who.append(today().element("b", { textContent: `Chair ${row.chair}` }), ` · ${row.name} · born ${row.born}`);
    const stands = today().element("p", { className: "night-stands" });
    stands.append(`${row.phase} · ${row.level}`);
    if (row.evaluation) stands.append(" · ", today().element("b", { textContent: "evaluation open" }));
    const made = today().element("li", {}, who, stands, today().element("div", { className: "night-both" },
      field(row.day, "receiver", "Who takes over", typed[`receivers.${row.day}.receiver`] ?? ""),
      field(row.day, "place", "Where", typed[`receivers.${row.day}.place`] ?? "")));
    made.dataset.chair = row.chair;
    made.dataset.night = row.day;
    return made;
  };

  const evaluations = (rows) => {
    if (!rows.length) return "";
    return `${rows.length === 1 ? "1 evaluation is" : `${rows.length} evaluations are`} open: chair ${rows.map((row) => row.chair).join(", ")}. Whoever takes over must know.`;
  };

  const list = () => {
    const typed = Object.fromEntries(all("#night-lines [data-field]").map((el) => [el.dataset.field, el.querySelector("input").value]));
    const lines = open().map((row) => line(row, typed));
    const nobody = today().element("li", { className: "muted", textContent: "No chair is open: there is nobody to hand over for the night." });
    $("night-lines").replaceChildren(...(lines.length ? lines : [nobody]));
    $("night-evaluations").textContent = evaluations(open().filter((row) => row.evaluation));
    form().querySelector(".night-everybody").hidden = lines.length < 2;
    form().querySelector(".save").hidden = !lines.length;
  };

  const everybody = () => {
    for (const name of ["receiver", "place"]) {
      const said = $(`night-every-${name}`).value.trim();
      all(`#night-lines [data-field$='.${name}'] input`).forEach((input) => {
        if (said && !input.value.trim()) window.chairside.booking.type(input, said);
      });
    }
    form().querySelector("#night-lines input")?.focus();
  };

  const ask = (words, ...ways) => {
    const place = form().querySelector(".ask");
    place.replaceChildren(today().element("p", { textContent: words }), ...ways);
    place.hidden = false;
  };

  const before = (event) => {             // every gap is named at once, before anything is sent
    const gaps = all("#night-lines [data-field]").filter((el) => !el.querySelector("input").value.trim());
    all("#night-lines [data-field]").forEach((el) => el.classList.toggle("refused", gaps.includes(el)));
    if (!gaps.length) return;
    event.preventDefault();
    const chairs = [...new Set(gaps.map((el) => el.closest("li").dataset.chair))];
    ask(`Still missing, who takes over and where: chair ${chairs.join(", ")}.`);
    gaps[0].querySelector("input").focus();
  };

  const handed = (body) => body.closed.map(({ fact, status }) => (
    `chair ${status.chair} ${status.patient.family_name.toUpperCase()} to ${fact.receiver}, ${fact.place}`)).join("; ");

  const became = ({ state, at, body, conflict }) => {
    if (state === "saved") {
      today().clear(form());
      $("night-lines").replaceChildren();
      today().home();
      today().say(`Saved ${at} · Handed over for the night: ${handed(body)}.`);
      $("today-title").focus({ preventScroll: true });
    } else if (state === "not saved" && conflict) list();
  };

  document.addEventListener("click", (event) => {
    if (!page()) return;
    if (event.target.closest("[data-show=close-ward]")) list();
    if (event.target.closest("#night-everybody")) everybody();
  });
  document.addEventListener("chairside:before", (event) => { if (page() && event.target === form()) before(event); });
  document.addEventListener("chairside:state", (event) => { if (page() && event.detail.form === form()) became(event.detail); });
})();
