/* What another rate would mean, before it is recorded; and that a chip and a typed value never both count.

   The forms of Slow and of Resume ask the ward (GET rate-preview) for the end of the infusion at the rate that is chosen
   or typed, and show it beside the end as it is forecast now. Nothing is worked out here. */
(() => {
  const chair = window.chairside.page;
  const { all, record, context, page, setValue, element } = chair;
  const WAIT_MS = 250;
  let timer;
  let asked = 0;

  // ---- one value of a field: a chip, or what is typed ------------------------------------------------------------------

  const untype = (field) => all(".own-words input", field).forEach((input) => {
    if (input.value === "") return;
    setValue.call(input, "");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const unpress = (field) => all("[data-value]", field).forEach((chip) => chip.setAttribute("aria-pressed", "false"));

  // ---- the chips: parts of the planned rate, so that a rate typed wrong does not breed another ---------------------------------------------------------------

  const offer = (form) => {
    const { planned } = context();
    all("[data-type=rate] [data-value]", form).forEach((chip) => {
      chip.dataset.part ??= chip.dataset.value;
      const part = Number(chip.dataset.part);
      const rate = Number.isFinite(part) ? (part * Number(planned)).toFixed(1) : planned;
      chip.dataset.value = rate;
      chip.textContent = `${Number.isFinite(part) ? `${Math.round(part * 100)} %` : "planned"} · ${rate} mL/h`;
    });
  };

  // ---- the forecast ------------------------------------------------------------------------------------------------------

  const rateOf = (form) => {
    const said = record().read(form, record().wardNow()).rate_ml_per_hour;
    return said ?? (form.dataset.act === "resume" ? Number(context().rate) || undefined : undefined);
  };

  const place = (form) => {
    const found = form.querySelector("[data-forecast]");
    if (found) return found;
    const made = element("div", { className: "rate-forecast" });
    made.dataset.forecast = "";
    made.setAttribute("role", "status");
    form.querySelector("[data-field=rate_ml_per_hour]").append(made);
    return made;
  };

  const show = (form, ...parts) => place(form).replaceChildren(...parts);

  const forecast = (form) => {
    clearTimeout(timer);
    const mine = ++asked;
    const rate = rateOf(form);
    if (!(rate > 0)) { show(form); return; }
    timer = setTimeout(async () => {
      const address = `/api/infusion-days/${encodeURIComponent(context().day)}/rate-preview?rate_ml_per_hour=${rate}`;
      const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
      const said = await answer?.json().catch(() => null);
      if (mine !== asked || form.hidden) return;
      if (!answer?.ok) { show(form, element("p", { textContent: said?.refusal || "The forecast cannot be read now." })); return; }
      show(form, ...words(said));
    }, WAIT_MS);
  };

  const words = (said) => {
    const time = (iso) => record().clock(Date.parse(iso));
    const line = element("p");
    line.append(`At ${said.rate_ml_per_hour} mL/h it ends `, element("b", { textContent: said.forecast_end ? time(said.forecast_end) : "not known" }));
    if (said.forecast_end_now && said.forecast_end) line.append(` instead of ${time(said.forecast_end_now)}`);
    if (said.bag_expires_at) line.append(` · bag until ${time(said.bag_expires_at)}`);
    return said.bag_warning ? [line, element("p", { className: "forecast-warning", textContent: said.bag_warning })] : [line];
  };

  // ---- taps and changes ----------------------------------------------------------------------------------------------------

  const ofRate = (target) => (page() ? target.closest("#form-rate, #form-resume") : null);

  document.addEventListener("chairside:opened", (event) => {
    const form = ofRate(event.target);
    if (form) { offer(form); forecast(form); }
  });
  document.addEventListener("chairside:chosen", (event) => {
    if (page() && event.detail.value !== undefined) untype(event.target.closest("[data-field]"));
    if (ofRate(event.target)) forecast(ofRate(event.target));
  });
  document.addEventListener("input", (event) => {
    if (!page()) return;
    const field = event.target.closest(".own-words") && event.target.closest("[data-field]");
    if (field && event.target.value !== "") unpress(field);
    if (ofRate(event.target)) forecast(ofRate(event.target));
  });
})();
