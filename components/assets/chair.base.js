/* What the parts of the chair page share: short ways to find and make elements, and `window.chairside.page` to call one another. */
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

  window.chairside = Object.assign(window.chairside || {}, { page: { $, all, record, context, page, setValue, element, button } });
})();
