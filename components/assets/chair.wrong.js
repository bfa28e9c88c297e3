/* Who it really was: a swap of two chairs, and a set struck as *wrong patient* that is recorded for the right one.

   The struck values stand read-only; the tap chooses the patient by two identifiers, a second one records it there with
   its true time. */
(() => {
  const chair = window.chairside.page;
  const { record, context, page, element, button } = chair;

  // ---- with whom to swap -----------------------------------------------------------------------------------------------

  const partners = (form) => {
    const place = form.querySelector("[data-field=with] .chips");
    const others = JSON.parse(context().swap || "[]");
    place.replaceChildren(...others.map(({ day, words }) => {
      const chip = element("button", { type: "button", className: "chip", textContent: words });
      chip.dataset.value = day;
      chip.setAttribute("aria-pressed", "false");
      return chip;
    }));
    if (!others.length) place.append(element("p", { textContent: "There is nobody in another chair to swap with." }));
  };

  // ---- a set of another patient ------------------------------------------------------------------------------------------

  const UNITS = [["heart_rate", "/min"], ["temperature", "°C"], ["spo2", "% SpO₂"], ["respiratory_rate", "breaths/min"]];
  const values = (body) => {
    const said = [];
    if (body.systolic !== undefined || body.diastolic !== undefined) said.push(`${body.systolic ?? "–"}/${body.diastolic ?? "–"} mmHg`);
    UNITS.forEach(([name, unit]) => { if (body[name] !== undefined) said.push(`${body[name]} ${unit}`); });
    const symptoms = (body.symptoms || []).map((one) => one.symptom);
    if (body.symptoms) said.push(symptoms.join(", ") || "no symptoms");
    return said.join(", ");
  };

  const offer = ({ post, body, may_belong_to: others }) => {
    const words = `${values(body)}, taken ${record().clock(Date.parse(body.happened_at))}`;
    const ways = others.map((one) => button(`Chair ${one.chair} · ${one.words}`, () => confirm(one, post, body, words)));
    chair.sayWith(`Struck as wrong patient: ${words}. Whose was it?`, [...ways, button("Not known", () => chair.say(""))]);
  };

  const confirm = (one, post, body, words) => {
    const send = element("button", { type: "button", className: "control", textContent: `Record it for ${one.words}` });
    Object.assign(send.dataset, { act: post, post, says: `${words} for ${one.words}`, timeless: "", body: JSON.stringify(body) });
    send.addEventListener("click", () => {
      record().entryOf(send).held = { day: one.infusion_day_id, patient: one.patient.id, chair: one.chair };
      record().send(send);
    });
    chair.sayWith(`${words} for ${one.words} in chair ${one.chair}?`, [send, button("No", () => chair.say(""))]);
  };

  document.addEventListener("chairside:opened", (event) => { if (page() && event.target.id === "form-swap") partners(event.target); });
  document.addEventListener("chairside:state", (event) => {
    const struck = event.detail.state === "saved" && event.detail.body?.struck_set;
    if (page() && struck) offer(struck);
  });
})();
