// The hands of the sign-on and set-up pages: a tile, six digits, one POST each.
(() => {
    "use strict";
    const byId = id => document.getElementById(id);

    async function post(path, body) {
        const giveUp = AbortSignal.timeout(10000);
        try {
            const reply = await fetch(path, {
                method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body), signal: giveUp,
            });
            const words = await reply.json();
            return reply.ok ? {} : words;
        } catch {
            return {refusal: "The ward does not answer. Try again."};
        }
    }

    function wanted() {
        const to = new URLSearchParams(location.search).get("to") || "/";
        // A page of this ward only: never another host's.
        return /^\/(?![/\\])/.test(to) ? to : "/";
    }

    function signOn(pad) {
        const pin = byId("pin"), refusal = byId("sign-on-refusal");
        let staff = "", busy = false;

        for (const tile of document.querySelectorAll("[data-staff]")) tile.addEventListener("click", () => {
            staff = tile.dataset.staff;
            for (const other of document.querySelectorAll("[data-staff]")) other.setAttribute("aria-pressed", other === tile);
            byId("pin-of").textContent = tile.querySelector("b").textContent;
            pad.hidden = false;
            pin.value = refusal.textContent = "";
            pin.focus({preventScroll: false});
        });
        pad.addEventListener("click", event => {
            const key = event.target.closest("[data-digit], [data-clear]");
            if (!key) return;
            pin.value = "clear" in key.dataset ? "" : (pin.value + key.dataset.digit).slice(0, 6);
            if (pin.value.length === 6) pad.requestSubmit();
        });
        pin.addEventListener("input", () => {
            pin.value = pin.value.replace(/\D/g, "").slice(0, 6);
            if (pin.value.length === 6) pad.requestSubmit();
        });
        pad.addEventListener("submit", async event => {
            event.preventDefault();
            if (busy) return;
            busy = true;
            refusal.textContent = "";
            const reply = await post("/api/sign-on", {staff, pin: pin.value});
            busy = false;
            if (!reply.refusal) return location.replace(wanted());
            pin.value = "";
            refusal.textContent = reply.refusal;
            pin.focus();
        });
    }

    function setUp(form) {
        form.addEventListener("submit", async event => {
            event.preventDefault();
            const reply = await post("/api/set-up", Object.fromEntries(new FormData(form)));
            if (!reply.refusal) return location.replace("/sign-on");
            byId("set-up-refusal").textContent = reply.refusal;
            if (reply.field && byId(reply.field)) byId(reply.field).focus();
        });
    }

    if (byId("pin-pad")) signOn(byId("pin-pad"));
    if (byId("set-up")) setUp(byId("set-up"));
})();
