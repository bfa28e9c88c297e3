// At the chair in a training room: fills the form with what the simulated patient shows, tells the room that a form is
// open, and lets a tablet go where the room sends it. Nothing is recorded here.
(() => {
    "use strict";
    const LOOKS = 250, ASKS_AGAIN = 1000, SAYS_AGAIN = 20000, GIVES_UP = 5000;
    const FIELDS = {
        heart_rate: "heart rate", systolic: "systolic", diastolic: "diastolic", spo2: "SpO₂", respiratory_rate: "breaths",
        temperature: "temperature",
    };
    const me = window.chairside = window.chairside || {};
    const byId = id => document.getElementById(id);
    const inputOf = name => byId(`vs-${name.replaceAll("_", "-")}`);
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const byHand = new Set();
    let measuring = null, filling = false, filledBefore = false;

    async function ask(path, body, how = {}) {
        const post = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
        try {
            const reply = await fetch(path, { ...post, ...how, signal: AbortSignal.timeout(GIVES_UP) });
            return { ...await reply.json(), status: reply.status };
        } catch {
            return { status: 0, refusal: "No answer from the ward. Trying again." };
        }
    }

    // ---- measuring ------------------------------------------------------------------------------------------------

    async function begin() {
        if (measuring) return;
        const { chair, patient } = byId("chair-context").dataset;
        measuring = { chair, patient, readyAt: null, askAt: 0 };
        draw("Measuring …");
        say();
        const reply = await ask("/api/room/measure", { chair });
        if (reply.status === 201) measuring.readyAt = Date.parse(reply.ready_at);
        else over(reply.status ? reply.refusal : "Not begun: no answer from the ward. Measure again.");
        look();
    }
    function over(words) {
        measuring = null;
        draw("Measure");
        if (words) say(words);
    }

    // By the ward's clock: held, it waits; in a hurry, it is soon done.
    function look() {
        if (!measuring?.readyAt || !byId("measure")) return;
        const left = Math.ceil((measuring.readyAt - me.wardNow()) / 1000);
        draw(`Measuring … ${clockLeft(Math.max(0, left))}${me.wardRate() ? "" : " clock held"}`);
        if (left <= 0 && performance.now() >= measuring.askAt) take();
    }
    const clockLeft = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

    async function take() {
        const mine = measuring;
        if (byId("chair-context").dataset.patient !== mine.patient) return over("Another patient sits here now. Measure again.");
        // What was tapped and is not saved yet stays as it was tapped.
        if (["saving", "not saved"].includes(byId("form-vital-signs").dataset.state)) return say("Measured. It is filled in when the entry is saved.");
        mine.askAt = Infinity;
        const reply = await ask(`/api/room/measured?chair=${encodeURIComponent(mine.chair)}`);
        if (reply.status === 200) return fill(reply);
        if (reply.status === 0) say(reply.refusal);
        else if (reply.field) return over(reply.refusal);
        mine.askAt = performance.now() + ASKS_AGAIN;
    }

    // ---- what was measured ----------------------------------------------------------------------------------------

    function fill(measured) {
        const kept = [];
        filling = true;
        for (const [name, value] of Object.entries(measured.values)) {
            const input = inputOf(name), words = value === null ? "" : name === "temperature" ? value.toFixed(1) : String(value);
            // What was typed by hand stays once; measured again, the device is believed.
            if (byHand.has(name) && !filledBefore) {
                if (input.value !== words) kept.push(`${FIELDS[name]} ${input.value} (measured ${words})`);
            } else write(input, words);
        }
        takenAt(Date.parse(measured.begun_at));
        filling = false;
        if (filledBefore) byHand.clear();
        filledBefore = true;
        if (measured.consciousness !== "alert") me.page.more?.(true);
        over();
        show(measured, kept);
    }
    function write(input, words) {
        input.closest("[data-keypad]")?.removeAttribute("data-not-measured");
        setValue.call(input, words);
        input.dispatchEvent(new Event("input", { bubbles: true }));
    }

    // When it was begun, as if it had been chosen: the values were true then, not when they are saved.
    function takenAt(begun) {
        const field = byId("vs-when").querySelector("[data-field]"), time = field.querySelector(".when-time");
        field.querySelectorAll("[data-value]").forEach(one => one.setAttribute("aria-pressed", String(one.dataset.value === "time")));
        field.dataset.exact = begun;
        time.hidden = false;
        write(time.querySelector("input"), me.clock(begun));
    }

    function show({ begun_at, says, consciousness }, kept) {
        const said = says.map(words => (words.startsWith("(") ? words : `“${words}”`)).join(" ");
        const chip = document.querySelector(`[data-field=consciousness] [data-value="${consciousness}"]`);
        const lines = [`Measured ${me.clock(Date.parse(begun_at))}. ${said ? `Asked, the patient says: ${said}` : "Asked, the patient has no complaint."}`];
        if (consciousness !== "alert") lines.push(`Consciousness: ${(chip?.textContent || consciousness).toLowerCase()}.`);
        if (kept.length) lines.push(`Stays as typed: ${kept.join(", ")}.`);
        say(...lines);
    }
    function say(...lines) {
        byId("measured")?.replaceChildren(...lines.map(words => Object.assign(document.createElement("p"), { textContent: words })));
        byId("measured")?.parentElement.scrollTo({ top: 0 });
    }
    function draw(words) {
        const place = byId("measure-words");
        if (place && place.textContent !== words) place.textContent = words;
        byId("measure")?.toggleAttribute("data-measuring", measuring !== null);
        byId("measure")?.setAttribute("aria-disabled", String(measuring !== null));
    }

    document.addEventListener("click", event => { if (event.target.closest("#measure")) begin(); });
    document.addEventListener("input", event => {
        const name = event.target.closest("#form-vital-signs [data-keypad]")?.dataset.field;
        if (!name || filling) return;
        if (event.target.value === "") byHand.delete(name); else byHand.add(name);
    }, true);
    document.addEventListener("chairside:state", event => {
        if (event.detail.state !== "saved" || event.detail.form.id !== "form-vital-signs") return;
        byHand.clear();
        filledBefore = false;
        if (!measuring) say();
    });
    setInterval(look, LOOKS);

    // ---- a form needs a person ------------------------------------------------------------------------------------

    let told = false, toldAt = -Infinity, telling = false;
    async function tell(now) {
        const open = Boolean(me.hasTyped?.());
        const again = open && now - toldAt > SAYS_AGAIN;
        if (telling || (open === told && !again)) return;
        telling = true;
        const reply = await ask("/api/room/form", { open });
        telling = false;
        // Not heard: once more at the next look.
        if (reply.status === 201) { told = open; toldAt = now; }
    }
    setInterval(() => { if (me.live) tell(performance.now()); }, 2 * LOOKS);
    window.addEventListener("pagehide", () => { if (told && !me.signedOff) ask("/api/room/form", { open: false }, { keepalive: true }); });

    // The room sends this tablet away: what is typed belongs to a day that is gone.
    window.addEventListener("beforeunload", event => { if (me.signedOff) event.stopImmediatePropagation(); }, true);
})();
