/* What the parts of the chair page share: short ways to find and make elements, `window.chairside.page` to call one another,
   and what moves by itself: marks with time, STOP with the tablet's own keyboard. */
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const record = () => window.chairside.record;
  const context = () => $("chair-context")?.dataset || {};
  const page = () => $("chair-page");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;

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

  // ---- marks that move with time -----------------------------------------------------------------------------------

  const moveMarks = () => {
    const now = record()?.wardNow();
    if (!now || !page()) return;
    all(".band[data-begins]").forEach((band) => {
      const { begins, ends } = band.dataset;
      const share = Math.min(1, Math.max(0, (now - begins) / (ends - begins)));
      band.style.setProperty("--now", (100 * share).toFixed(2) + "%");
      band.classList.toggle("band-before", now < begins);
      band.classList.toggle("band-edge", share > 0.86 || share < 0.08);
    });
  };

  setInterval(moveMarks, 1000);

  const keyboardUp = () => {        // the tablet's own keyboard: STOP stands beside the banner as long as it is up
    const view = window.visualViewport;
    document.documentElement.classList.toggle("keyboard-up", Boolean(view && window.innerHeight - view.height > 150));
  };
  window.visualViewport?.addEventListener("resize", keyboardUp);

  window.chairside = Object.assign(window.chairside || {}, { page: { $, all, record, context, page, setValue, element, button } });
})();
