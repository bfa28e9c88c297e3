// What is heard of the ward's alerts on this screen: which of them, in which bursts, and each said aloud once.
// The ward says in #ward-alarms what sounds; the functions of `rules` decide from that alone.
(() => {
    "use strict";
    const HIGH = 3, MEDIUM = 2, LOW = 1;
    const REPEAT = { [HIGH]: 10000, [MEDIUM]: 20000 }, NOT_LIVE_FOR = 5000, PAUSE = 120000, KEPT = 200;
    // Milliseconds from the beginning of a burst to each pulse, how long a pulse is, and its pitches in turn (IEC 60601-1-8).
    const FIVE = [0, 250, 500, 900, 1150], TEN = [...FIVE, ...FIVE.map(at => at + 2000)];
    const BURSTS = {
        [HIGH]: { pulses: TEN, length: 150, pitches: [880, 880, 988] },
        [MEDIUM]: { pulses: [0, 400, 800], length: 200, pitches: [698] },
        [LOW]: { pulses: [0, 400], length: 200, pitches: [523] },
        silence: { pulses: TEN, length: 150, pitches: [440, 330] },
        test: { pulses: [0], length: 120, pitches: [523] },
    };

    const rules = {
        // The board hears everything; a tablet its own nurse's chairs, those of nobody, and what was escalated.
        heard: (alarms, here) => alarms.filter(one => here.everything || one.escalated || !one.nurse || one.nurse === here.staff)
            .sort((one, other) => other.priority - one.priority),
        worst: heard => heard.reduce((most, one) => Math.max(most, one.priority), 0),
        // A pause ends by itself, and for a high alert that was not there when it began.
        isPaused: (heard, pause, now) => now < pause.until && !heard.some(one => one.priority === HIGH && !pause.known.includes(one.id)),
        // The priority whose burst is due, else 0. What is new is heard at once, a low one once only.
        due: (heard, memory, now) => {
            const worst = rules.worst(heard), since = now - memory.at;
            if (!worst || since < memory.length) return 0;
            if (heard.some(one => one.priority === worst && !memory.played.includes(one.id))) return worst;
            return worst > LOW && since >= REPEAT[worst] ? worst : 0;
        },
    };

    // ---- what this tab remembers from page to page: opaque numbers of alerts, and until when sound is paused ---------

    function recall(name, otherwise) {
        try { return JSON.parse(sessionStorage.getItem(`chairside-${name}`)) ?? otherwise; } catch { return otherwise; }
    }
    function keep(name, value) {
        try { sessionStorage.setItem(`chairside-${name}`, JSON.stringify(value)); } catch { /* storage may be shut off */ }
    }
    const memory = { at: -Infinity, length: 0, played: recall("played", []) };
    const said = recall("said", []);
    let pause = recall("pause", { until: 0, known: [] });

    // ---- what stands ----------------------------------------------------------------------------------------------

    const me = window.chairside = window.chairside || {}, page = document.documentElement.dataset.page;
    const silence = { since: null };
    const here = () => ({ staff: me.staff, everything: page === "board" || !page });
    const alarms = () => JSON.parse(document.getElementById("ward-alarms")?.dataset.alarms || "[]");
    const isHidden = () => document.visibilityState === "hidden";

    // A screen that is not live is an alert of its own, where somebody is signed on who counts on it.
    function technical(now) {
        const counts = page && me.staff && me.live === false && !document.querySelector("[data-live-here]") && !isHidden();
        silence.since = counts ? silence.since ?? now : null;
        if (!counts || now - silence.since < NOT_LIVE_FOR) return null;
        return { id: `silence/${silence.since}`, priority: HIGH, words: "this screen is not live", burst: "silence" };
    }
    function standing(now) {
        const silent = technical(now);
        return silent ? [silent] : me.live === false && page ? [] : rules.heard(alarms(), here());
    }

    // ---- sound ----------------------------------------------------------------------------------------------------

    const Audio = window.AudioContext || window.webkitAudioContext;
    const audio = Audio && new Audio(), bursts = [];
    const wave = audio?.createPeriodicWave(new Float32Array(6), new Float32Array([0, 1, .6, .5, .4, .3]));
    const isOn = () => audio?.state === "running";

    function play(name, priority) {
        const burst = BURSTS[name], begin = audio.currentTime + .02;
        burst.pulses.forEach((at, number) => pulse(begin + at / 1000, burst.length / 1000, burst.pitches[number % burst.pitches.length], priority));
        bursts.push({ name: String(name), pulses: burst.pulses.length, at: Math.round(performance.now()) });
        if (bursts.length > KEPT) bursts.shift();
        return burst.pulses.at(-1) + burst.length + 1000;
    }
    function pulse(begin, length, pitch, priority) {
        const tone = new OscillatorNode(audio, { frequency: pitch, periodicWave: wave }), loud = new GainNode(audio, { gain: 0 });
        const volume = .1 + .1 * priority;
        loud.gain.setValueAtTime(0, begin);
        loud.gain.linearRampToValueAtTime(volume, begin + .015);
        loud.gain.setValueAtTime(volume, begin + length - .03);
        loud.gain.linearRampToValueAtTime(0, begin + length);
        tone.connect(loud).connect(audio.destination);
        tone.start(begin);
        tone.stop(begin + length);
    }

    // The sign-on tap has opened the sound of this page, else the first tap here does.
    function unlock() {
        if (audio?.state === "suspended") audio.resume().then(beat, () => {});
    }
    for (const tap of ["click", "keydown", "touchend"]) document.addEventListener(tap, unlock, { capture: true, passive: true });
    audio?.addEventListener("statechange", () => beat());

    // ---- four times a second, and at once when something changes ----------------------------------------------------

    function beat() {
        const now = performance.now(), heard = standing(now), paused = rules.isPaused(heard, pause, Date.now());
        if (!paused && pause.until > Date.now()) resume();
        if (isOn() && !paused && !isHidden()) {
            if (me.staff && me.epoch !== undefined && recall("tested", null) !== me.epoch) test();
            const due = rules.due(heard, memory, now);
            if (due) {
                memory.at = now;
                memory.length = play(heard.find(one => one.burst)?.burst ?? due, due);
                remember(memory.played, heard.map(one => one.id), "played");
            }
        }
        announce(heard);
        state = { sound: !isOn() ? "off" : paused ? "paused" : heard.length ? "sounding" : "on", heard, left: paused ? pause.until - Date.now() : 0 };
        show();
    }
    let state = { sound: "off", heard: [], left: 0 };
    function remember(list, ids, name) {
        for (const id of ids) if (!list.includes(id)) list.push(id);
        list.splice(0, Math.max(0, list.length - KEPT));
        keep(name, list);
    }
    // Once after each sign-on, softly: that this tablet can be heard.
    function test() {
        keep("tested", me.epoch);
        play("test", 0);
    }
    function hush() {
        pause = { until: Date.now() + PAUSE, known: standing(performance.now()).map(one => one.id) };
        keep("pause", pause);
        beat();
    }
    function resume() {
        pause = { until: 0, known: [] };
        keep("pause", pause);
    }

    // ---- said aloud, once per alert ---------------------------------------------------------------------------------

    const SPOKEN = { [HIGH]: "High priority", [MEDIUM]: "Medium priority", [LOW]: "Low priority" };
    function announce(heard) {
        const anew = heard.filter(one => !said.includes(one.id));
        if (!anew.length || !document.getElementById("said-at-once")) return;
        for (const one of anew) {
            const voice = document.getElementById(one.priority === HIGH ? "said-at-once" : "said-politely");
            voice.append(Object.assign(document.createElement("p"), { textContent: `${SPOKEN[one.priority]}: ${one.words}` }));
            while (voice.childNodes.length > 5) voice.firstChild.remove();
        }
        remember(said, anew.map(one => one.id), "said");
    }

    // ---- the button, and what it opens ------------------------------------------------------------------------------

    const SAYS = { off: "Sound is off on this tablet", on: "Sound is on", sounding: "Sound is on", paused: "Sound is paused" };
    const left = ms => `${Math.floor(ms / 60000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
    const pausedFor = () => left(Math.max(0, state.left));
    function make(tag, props, ...inside) {
        const made = Object.assign(document.createElement(tag), props);
        made.append(...inside);
        return made;
    }
    function write(element, words) {
        if (element.textContent !== words) element.textContent = words;
    }

    function show() {
        const elsewhere = state.heard.filter(one => one.chair && page !== "board" && page !== `chair/${one.chair}`);
        const worst = rules.worst(elsewhere), chairs = [...new Set(elsewhere.filter(one => one.priority === worst).map(one => one.chair))];
        for (const button of document.querySelectorAll("[data-sound-button]")) {
            button.dataset.sound = state.sound;
            button.dataset.priority = worst;
            button.setAttribute("aria-label", [SAYS[state.sound], ...chairs.map(chair => `alert in chair ${chair}`)].join(", "));
            write(button.querySelector(".sound-face"), state.sound === "paused" ? pausedFor() : chairs.slice(0, 2).join(" ") || (state.sound === "off" ? "off" : ""));
        }
        const beside = { off: " · sound off", paused: ` · sound paused ${pausedFor()}` }[state.sound] ?? "";
        for (const place of document.querySelectorAll("[data-sound-words]")) write(place, beside);
        if (panel.isConnected) fill();
    }

    const panel = make("section", { id: "sound-panel", ariaLabel: "Sound", tabIndex: -1 });
    let drawn = "";
    function fill() {
        const time = panel.querySelector(".sound-left");
        if (time) write(time, pausedFor());
        const now = JSON.stringify([state.sound, state.heard.map(one => one.id)]);
        if (now === drawn) return;
        drawn = now;
        const act = { off: ["Turn sound on", wake], paused: ["Sound on again", wake] }[state.sound] ?? ["Pause sound 2 min", hush];
        const button = make("button", { type: "button", className: "control", textContent: act[0], onclick: act[1] });
        const shut = make("button", { type: "button", className: "control", textContent: "Close", onclick: close });
        const head = make("h2", { textContent: SAYS[state.sound] }, ...(state.sound === "paused" ? [" ", make("span", { className: "sound-left", textContent: pausedFor() })] : []));
        const note = make("p", { textContent: "A new high alert is heard through a pause." });
        const links = state.heard.filter(one => one.chair).map(one => make("li", {}, make("a", { className: "control", href: `/chair/${encodeURIComponent(one.chair)}`, textContent: `${"!".repeat(one.priority)} ${one.words}` })));
        panel.replaceChildren(head, make("div", { className: "chips" }, button, shut), note, make("ul", {}, ...links));
    }
    function open(button) {
        if (panel.isConnected) { close(); return; }
        drawn = "";
        document.body.append(panel);
        fill();
        button.setAttribute("aria-expanded", "true");
        panel.focus({ preventScroll: true });
    }
    function close() {
        panel.remove();
        const button = document.querySelector("[data-sound-button]");
        button?.setAttribute("aria-expanded", "false");
        button?.focus({ preventScroll: true });
    }
    function wake() {
        resume();
        unlock();
        beat();
    }
    document.addEventListener("click", event => {
        const button = event.target.closest("[data-sound-button]");
        if (button) open(button);
    });
    document.addEventListener("keydown", event => { if (event.key === "Escape" && panel.isConnected) close(); });

    me.alerts = { rules, BURSTS, REPEAT, bursts, beat, hush, wake, get state() { return state; } };
    new MutationObserver(beat).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-alarms"] });
    document.addEventListener("chairside:live", beat);
    document.addEventListener("visibilitychange", beat);
    setInterval(beat, 250);

    // ---- what flashes: on and off by a mark on the page, each half of the time; no mark where motion is unwelcome ----

    const HALF = { highBeat: 250, mediumBeat: 833 }, still = window.matchMedia("(prefers-reduced-motion: reduce)");
    const marks = document.documentElement.dataset;
    for (const [mark, ms] of Object.entries(HALF))
        setInterval(() => { if (still.matches) delete marks[mark]; else marks[mark] = marks[mark] === "on" ? "off" : "on"; }, ms);
})();
