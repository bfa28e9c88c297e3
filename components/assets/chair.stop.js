/* What became of STOP: recorded to the second, taken back for 5 s, and earlier where the pump was stopped before the tap.

   It stands over the acts beside STOP, never over STOP, a form or the prompt. Left alone it goes, and changes nothing. */
(() => {
  const chair = window.chairside.page;
  const { $, record, element, button } = chair;
  const UNDO_MS = 5000;
  const ASK_MS = 60000;
  const EARLIER = [["1 min ago", 1], ["5 min ago", 5]];
  let timers = [];

  const place = () => $("stop-said");
  const clear = () => {
    timers.forEach(clearTimeout);
    timers = [];
    place().replaceChildren();
  };
  const later = (ms, then) => timers.push(setTimeout(then, ms));

  const became = (form, state, why, detail) => {
    clear();
    if (state === "saving") say("Saving STOP…");
    else if (state === "saved") recorded(detail);
    else say("STOP NOT SAVED", element("span", { textContent: why }), ...ways(form, detail));
  };

  const say = (words, ...more) => place().replaceChildren(element("b", { textContent: words }), ...more);

  const ways = (form, detail) => {
    if (detail.refused && !detail.late) return [];
    const extra = detail.late ? { late: true } : {};
    return [button(detail.late ? detail.late.words : "Save again", () => record().send(form, extra))];
  };

  const recorded = (detail) => {
    const stop = detail.facts.find((fact) => fact.kind === "InfusionStopped") || detail.facts[0];
    if (!record().isTyped($("form-vital-signs"))) { chair.show("vital-signs"); chair.more(true); }
    if (!stop) { say(`Recorded ${detail.at}`); later(UNDO_MS, clear); return; }
    const at = window.chairside.clock(Date.parse(stop.happened_at), true);
    const mistake = button("Touched by mistake", () => takeBack(stop), "control stop-mistake");
    const asked = element("div", { className: "stop-when", role: "group" }, element("span", { textContent: "Pump stopped" }), ...choices(stop, at));
    asked.setAttribute("aria-label", "When the pump stopped");
    const head = element("div", { className: "stop-head" }, element("b", { textContent: `Recorded ${at}` }), closed());
    place().replaceChildren(element("div", {}, head, asked), mistake);
    later(UNDO_MS, () => { mistake.style.visibility = "hidden"; });   // nothing moves under a finger
    later(ASK_MS, clear);
  };

  // ---- the pump was stopped before the tap ------------------------------------------------------------------------------

  const closed = () => {                 // the acts come back with it
    const close = button("×", clear, "control stop-close");
    close.setAttribute("aria-label", "Close");
    return close;
  };

  const choices = (stop, at) => {
    const earlier = EARLIER.map(([words, minutes]) => button(words, () => wasEarlier(stop, minutes)));
    const form = button("at …", clear);
    Object.assign(form.dataset, { open: "stop-time", about: `STOP was recorded ${at}.`, body: JSON.stringify(struck(stop)) });
    const now = button("now", clear);
    now.setAttribute("aria-pressed", "true");   // what is recorded already
    return [now, ...earlier, form];
  };

  const struck = (stop) => ({ fact: stop.id, reason: "wrong value", note: "the pump was stopped earlier" });

  const wasEarlier = (stop, minutes) => {
    const happened = new Date(Date.parse(stop.happened_at) - minutes * 60000).toISOString();
    sends("corrections", "corrections", "STOP earlier", { ...struck(stop), replacement: { happened_at: happened } });
  };

  const takeBack = (stop) => sends("touched-by-mistake", "infusion/touched-by-mistake", "STOP touched by mistake", { stop: stop.id });

  const sends = (act, post, says, body) => {
    clear();
    const one = element("button");
    Object.assign(one.dataset, { act, post, says, timeless: "", body: JSON.stringify(body) });
    record().send(one);
  };

  Object.assign(chair, { stop: { became, clear } });
})();
