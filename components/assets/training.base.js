// The trainer's pages: a tap is one POST to a room, answered before the next; what is refused is said in its place.
(() => {
    "use strict";
    const ROOMS = "/api/training/rooms", GIVES_UP = 20000, ASKED_FOR = 6000, TOO_SOON = 700;
    const me = window.chairside, busy = new Set();
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const said = () => document.getElementById("training-said");

    async function post(path, body) {
        try {
            const reply = await fetch(ROOMS + path, {
                method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}),
                signal: AbortSignal.timeout(GIVES_UP),
            });
            return { ok: reply.ok, told: await reply.json() };
        } catch {
            return { ok: false, told: { refusal: "No answer from the server. Nothing may have happened: look before you tap again." } };
        }
    }

    // ---- a tap ----------------------------------------------------------------------------------------------------

    const roomOf = () => document.getElementById("panel")?.dataset.room;
    // `clock` is about this page's room; what begins with a stroke, and the opening of a room, names its own.
    const pathOf = does => does === "" || does.startsWith("/") ? does : `/${roomOf()}/${does}`;

    // A turn is for the copy that is chosen beside the forms.
    const bodyOf = ({ body, forCopy }) => body && { ...JSON.parse(body), ...(forCopy === undefined ? {} : me.training.copy()) };

    async function act(button, body = bodyOf(button.dataset)) {
        const path = pathOf(button.dataset.do), key = path + JSON.stringify(body);
        if (busy.has(key)) return null;
        busy.add(key);
        waits(button, true);
        const { ok, told } = await post(path, body);
        waits(button, false);
        busy.delete(key);
        if (said()) {
            said().textContent = ok ? "" : told.refusal;
            said().dataset.field = told.field ?? "";
        }
        if (!ok) return null;
        if (path === "") location.assign(`/training/${told.code}`);
        if (button.dataset.then) location.assign(button.dataset.then);
        return told;
    }

    function waits(button, yes) {
        if (yes) button.setAttribute("aria-disabled", "true"); else button.removeAttribute("aria-disabled");
        const words = button.querySelector("b") || button, { busy: meanwhile } = button.dataset;
        if (!meanwhile) return;
        if (yes) button.calm = words.textContent;
        words.textContent = yes ? meanwhile : button.calm;
    }

    // Asked once: the same button says what it does, and does it when it is tapped again; a double tap answers nothing.
    function asks(button) {
        const { asks: question } = button.dataset;
        if (!question) return false;
        if (button.asked) return performance.now() - button.askedAt < TOO_SOON;
        button.asked = button.textContent;
        button.askedAt = performance.now();
        button.textContent = question;
        setTimeout(() => { button.textContent = button.asked; button.asked = ""; }, ASKED_FOR);
        return true;
    }

    document.addEventListener("click", event => {
        const button = event.target.closest("button[data-do]:not([type=submit])");
        if (button && button.getAttribute("aria-disabled") !== "true" && !asks(button)) act(button);
    });

    // ---- who leads, and where to join -----------------------------------------------------------------------------

    // Fragments are the same for every trainer: what only the sign-on that leads a room sees is known here.
    let mine = null;
    me.onLive(() => {
        if (mine || me.epoch === undefined) return;
        mine = document.head.appendChild(document.createElement("style"));
        const others = `[data-trainer]:not([data-trainer="${me.epoch}"])`;
        mine.textContent = `${others} .lead-only { display: none !important; } ${others} .others-only { display: flex !important; }`;
    });

    const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
    function furnish() {
        for (const place of all("[data-join-address]")) place.textContent = `${location.host}/join`;
        const hint = document.querySelector(".join-hint");
        if (hint && LOOPBACK.includes(location.hostname)) {
            hint.textContent = "This is the address on this computer alone: other tablets need its name or number in the network.";
            hint.hidden = false;
        }
        for (const place of all(".plain[data-html]")) {
            place.innerHTML = place.dataset.html;
            place.removeAttribute("data-html");
        }
    }
    const drawn = new MutationObserver(() => {
        if (!document.getElementById("page")) return;
        drawn.disconnect();
        furnish();
    });
    drawn.observe(document.body, { childList: true, subtree: true });

    me.training = { act, all };
})();
