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

    // Where somebody was signed on today, the locked tablet still shows and sounds *Chair 4 – red*, without a name.
    function listen(place) {
        const SILENCE = 6000, AGAIN = 3000;
        let source = null, heardAt = -Infinity, refused = false;
        function connect() {
            source?.close();
            if (document.visibilityState === "hidden" || refused) return;
            source = new EventSource("/live/locked");
            source.addEventListener("ward", event => show(JSON.parse(event.data).fragments["ward-alarms"]?.["data-alarms"]));
            source.addEventListener("tick", () => { heardAt = performance.now(); say(); });
            source.addEventListener("elsewhere", () => { refused = true; source.close(); });
            source.onerror = () => { if (source.readyState === EventSource.CLOSED) refusedBy(); };
        }
        // Nobody was signed on here today: this tablet hears nothing, and says nothing.
        async function refusedBy() {
            const reply = await fetch("/live/locked", {method: "HEAD"}).catch(() => null);
            refused = reply?.status === 204;
            if (!refused) setTimeout(connect, AGAIN);
        }
        function show(alarms = "[]") {
            byId("ward-alarms").dataset.alarms = alarms;
            const worstFirst = JSON.parse(alarms).sort((one, other) => other.priority - one.priority);
            const once = worstFirst.filter((one, place) => worstFirst.findIndex(other => other.chair === one.chair) === place);
            byId("locked-alarms").replaceChildren(...once.map(one => {
                const line = Object.assign(document.createElement("li"), {textContent: one.words});
                line.className = one.priority === 3 ? "locked-red" : "locked-amber";
                return line;
            }));
        }
        function say() {
            const isLive = performance.now() - heardAt < SILENCE;
            if (!isLive) show();
            place.hidden = false;
            const sound = window.chairside.alerts.state.sound === "off" ? " Sound is off until the first tap." : "";
            const words = isLive ? `Alerts are shown and heard here without names.${sound}` : "Not live: alerts are not heard here.";
            if (byId("locked-said").textContent !== words) byId("locked-said").textContent = words;
        }
        setInterval(() => { if (!refused && heardAt > 0) say(); }, 1000);
        document.addEventListener("visibilitychange", connect);
        connect();
    }

    if (byId("locked")) listen(byId("locked"));
    if (byId("pin-pad")) signOn(byId("pin-pad"));
    if (byId("set-up")) setUp(byId("set-up"));
})();
