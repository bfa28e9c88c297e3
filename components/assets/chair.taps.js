// A tap answers the alert that was looked at: while the list of a chair has just changed, a tap on it answers nothing.
(() => {
    "use strict";
    const SETTLES = 500, chair = window.chairside.page;
    const panel = () => document.getElementById("chair-alerts");
    let places = "", movedAt = -Infinity, watched = null;

    // Where the buttons stand, by alert: a redraw that moves none of them asks for no second look.
    function order(list) {
        return [...list.querySelectorAll("[data-alert]")].map(line => line.dataset.alert).join("\n");
    }
    function look() {
        const list = panel();
        if (!list) return;
        if (list !== watched) {
            watched = list;
            new MutationObserver(look).observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ["open"] });
        }
        const now = order(list);
        if (now !== places && places !== "") movedAt = performance.now();
        places = now;
    }
    new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });

    const areSettled = () => performance.now() - movedAt > SETTLES;
    Object.assign(window.chairside.alerts, { areSettled });
    document.addEventListener("click", event => {
        if (!event.target.closest("#chair-alerts .alert-answer") || areSettled()) return;
        event.stopImmediatePropagation();
        event.preventDefault();
        chair.say("The alerts have just changed. Look, then tap again.");
    }, true);
})();
