// What a finger chooses on the board and keeps on this device: the order of the chairs, light or dark.
(() => {
    "use strict";
    const root = document.documentElement, phone = matchMedia("(max-width: 659px)");
    const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
    const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* storage may be shut off */ } };

    function order(chosen) {
        root.dataset.boardOrder = chosen || (phone.matches ? "urgency" : "chair");
        for (const button of document.querySelectorAll("[data-order]")) press(button);
    }
    function press(button) {
        button.setAttribute("aria-pressed", String(button.dataset.order === root.dataset.boardOrder));
    }
    order(kept("chairside-order"));
    phone.addEventListener("change", () => order(kept("chairside-order")));

    document.addEventListener("click", (event) => {
        const button = event.target.closest("[data-order], [data-theme-switch], [data-show-rest]");
        if (!button) return;
        if (button.dataset.order) {
            keep("chairside-order", button.dataset.order);
            order(button.dataset.order);
        } else if ("themeSwitch" in button.dataset) {
            root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
            keep("chairside-theme", root.dataset.bsTheme);
        } else {
            const shown = root.toggleAttribute("data-rest-shown");
            button.setAttribute("aria-expanded", String(shown));
        }
    });
    // Dash draws the buttons later than this script runs.
    new MutationObserver((changes) => {
        for (const change of changes) for (const node of change.addedNodes)
            if (node.querySelectorAll) node.querySelectorAll("[data-order]").forEach(press);
    }).observe(document.body || root, { childList: true, subtree: true });
})();
