// The alarms page: which period is counted.
"use strict";
(() => {
  let asked = 0;

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-alarm-days]");
    if (!chosen) return;
    document.querySelectorAll("[data-alarm-days]").forEach((b) => b.setAttribute("aria-pressed", String(b === chosen)));
    window.dash_clientside.set_props("alarm-period", { "data-asked": `${chosen.dataset.alarmDays} ${++asked}` });
  });
})();
