// Light or dark before the first paint: what the switch last said, else what the device prefers.
(() => {
    "use strict";
    const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
    function show() {
        let chosen = null;
        try { chosen = localStorage.getItem("chairside-theme"); } catch { /* storage may be shut off */ }
        root.dataset.bsTheme = chosen || (dark.matches ? "dark" : "light");
    }
    show();
    dark.addEventListener("change", show);
    window.addEventListener("storage", show);
})();
