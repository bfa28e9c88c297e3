// Keeps this page true: hears the stream, keeps server time, and says NOT LIVE, loudly, whenever it has not heard a
// tick that counts. It never stops trying.
(() => {
    "use strict";
    const SILENCE = 6000, FIRST_EVENT = 4000, WAKE = 2000, SKEW = 30000;
    const page = document.documentElement.dataset.page;
    if (!page) return;

    const root = document.documentElement, steady = () => performance.now();
    const ward = { now: Date.now(), real: Date.now(), rate: 1, at: steady(), known: false };
    const state = {
        source: null, quick: false, whole: false, tried: 0, giveUp: 0, retry: 0, failures: 0,
        boot: "", best: -Infinity, heard: 0, counted: steady(), countedNow: null, elsewhere: false, drift: Date.now() - steady(),
    };
    const told = [], me = window.chairside = Object.assign(window.chairside || {}, {
        live: false, epoch: undefined, staff: undefined, name: undefined,
        wardNow: () => ward.now + (steady() - ward.at) * ward.rate,
        wardRate: () => ward.rate,
        realNow: () => ward.real + (steady() - ward.at),
        onLive: tell => told.push(tell),
    }), { draw, tick: tickAll, show, write } = me.page;

    // ---- the stream -----------------------------------------------------------------------------------------------

    function connect() {
        drop();
        if (document.visibilityState === "hidden" || state.elsewhere) return;
        const source = state.source = new EventSource(`/live?page=${encodeURIComponent(page)}`);
        state.tried = steady();
        state.quick = state.whole = false;
        // An attempt to reach a frozen server hangs without any event at all.
        state.giveUp = setTimeout(again, FIRST_EVENT);
        const hear = (name, take) => source.addEventListener(name, event => {
            // What arrives in a burst after a sleep is not what is true now.
            if (source === state.source && !woken()) take(JSON.parse(event.data));
        });
        hear("hello", hello);
        hear("ward", message => { state.whole = true; fill(message.fragments); });
        hear("tick", tick);
        hear("elsewhere", () => { state.elsewhere = true; drop(); veil(); });
        hear("signed-off", signOn);
        source.onerror = () => { if (source === state.source) refusedBy(source); };
    }

    function drop() {
        clearTimeout(state.giveUp);
        clearTimeout(state.retry);
        if (state.source) state.source.close();
        state.source = null;
    }

    function again() {
        drop();
        // 1 s … 3.5 s, never in step with the other screens of the ward.
        const wait = Math.min(3500, 1000 * 1.5 ** state.failures++) * (0.7 + 0.3 * Math.random());
        state.retry = setTimeout(connect, Math.max(1000, wait));
    }

    async function refusedBy(source) {
        const answered = source.readyState === EventSource.CLOSED;
        again();
        if (!answered) return;
        try {
            const reply = await fetch("/live", { method: "HEAD", signal: AbortSignal.timeout(3000) });
            if (reply.status === 401) signOn();
        } catch { /* not reachable: the next attempt will say so */ }
    }

    function signOn() {
        drop();
        veil();
        me.signedOff = true;
        location.replace(me.wayOut || `/sign-on?to=${encodeURIComponent(location.pathname + location.search)}`);
    }

    function hello(message) {
        clearTimeout(state.giveUp);
        // Only a connection that answered at once may tell the time; an old one may be a late link.
        state.quick = steady() - state.tried < FIRST_EVENT;
        if (message.boot !== state.boot) state.best = -Infinity;
        state.boot = message.boot;
        if (me.epoch !== undefined && me.epoch !== message.epoch) return location.reload();
        Object.assign(me, { epoch: message.epoch, staff: message.staff, name: message.name, zone: message.zone });
        newBuild(message.build);
    }

    function newBuild(build) {
        const other = build !== root.dataset.build;
        if (other && !(me.hasTyped && me.hasTyped())) return location.reload();
        notice("build", other ? "The program has been renewed. This page loads itself anew when your entry is saved." : "");
    }

    function tick(message) {
        const at = steady();
        if (!state.quick || !state.whole) return;
        // The least delayed tick is the best clock; it may age by 0.2 ms a second, as quartz does.
        state.best = Math.max(message.real - at, state.best - (at - state.heard) * 0.0002);
        state.heard = at;
        // When it was said, on our own steady clock: what is said late does not count as said now.
        const said = message.real - state.best;
        if (at - said > SILENCE) return;
        Object.assign(ward, { now: message.now, real: message.real, rate: message.rate, at: said, known: true });
        Object.assign(state, { counted: said, countedNow: message.now, failures: 0 });
        notice("skew", skewWords());
        newBuild(message.build);
        if (!me.live) setTimeout(lift, 50, state.source);
    }

    // ---- fragments ------------------------------------------------------------------------------------------------

    const waiting = new Map();
    function fill(fragments) {
        for (const [id, props] of Object.entries(fragments)) waiting.set(id, props);
        pour();
    }
    function pour() {
        if (!document.getElementById("page") || !window.dash_clientside?.set_props) return false;
        draw(waiting);
        waiting.clear();
        beat();
        return true;
    }
    // Dash may draw the page later than the first fragments arrive.
    const drawn = new MutationObserver(() => { if (pour()) drawn.disconnect(); });
    drawn.observe(document.body, { childList: true, subtree: true });

    // ---- live or not ----------------------------------------------------------------------------------------------

    function lift(source) {
        if (source !== state.source || steady() - state.counted > SILENCE || !document.getElementById("page")) return;
        root.classList.add("live-now");
        root.classList.remove("not-live");
        banner("");
        change(true);
        beat();
    }

    function veil() {
        root.classList.add("not-live");
        root.classList.remove("live-now");
        change(false);
        banner(state.elsewhere ? elsewhereWords() : notLiveWords());
        beat();
    }

    function change(live) {
        if (me.live === live) return;
        me.live = live;
        for (const tell of told) tell(live);
        document.dispatchEvent(new CustomEvent("chairside:live", { detail: { live } }));
    }

    function watch() {
        if (woken()) return;
        const silent = steady() - state.counted > SILENCE;
        if (silent && !root.classList.contains("not-live")) {
            const hung = state.source && steady() - state.tried > FIRST_EVENT;
            veil();
            if (hung) again();
        } else if (silent && !state.elsewhere) {
            age();
            // Connected, answering, and yet no tick that counts: the link is late or the ward does not beat.
            if (state.source && steady() - state.tried > SILENCE + FIRST_EVENT) again();
        }
    }

    // A tablet that slept shows what was true before: veil at once, and believe only a new connection.
    function woken() {
        const drift = Date.now() - steady(), jumped = Math.abs(drift - state.drift) > WAKE;
        const stood = steady() - state.watched > SILENCE;
        state.drift = drift;
        state.watched = steady();
        if (jumped || stood) fresh();
        return jumped || stood;
    }
    state.watched = steady();

    function fresh() {
        veil();
        state.failures = 0;
        connect();
    }
    function hide() {
        drop();
        if (!state.elsewhere) veil();
    }

    // ---- words ----------------------------------------------------------------------------------------------------

    const ageWords = () => {
        const seconds = Math.round((steady() - state.counted) / 1000);
        return seconds < 60 ? `${seconds}s` : `${me.duration(seconds * 1000)} ${seconds % 60}s`;
    };
    const since = () => me.clock(state.countedNow ?? ward.now, true);
    const notLiveWords = () => `<strong>NOT LIVE since ${since()}</strong><p>Values are <b data-age>${ageWords()}</b> old and `
        + "veiled.<br>Look at the patient and the pump.<br>Trying again every few seconds.</p>";
    const elsewhereWords = () => "<strong>Live in another window</strong><p>One browser keeps four live pages. Values here "
        + "are veiled.</p><button type=\"button\" data-live-here>Show this page live</button>";
    const SIGN = '<svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true" fill="none" stroke="currentColor" '
        + 'stroke-width="5" stroke-linecap="round"><path d="M8 26a34 34 0 0 1 48 0M16 36a23 23 0 0 1 32 0M24 45a12 12 0 0 1 '
        + '16 0M12 8l42 50"/><circle cx="32" cy="54" r="3" fill="currentColor"/></svg>';

    function banner(words) {
        let box = document.getElementById("not-live");
        if (!words) return box && box.remove();
        if (!box) {
            box = document.createElement("section");
            box.id = "not-live";
            box.setAttribute("role", "alert");
            (document.getElementById("notices") || document.body).prepend(box);
        }
        box.innerHTML = SIGN + words;
    }
    function age() {
        const node = document.querySelector("#not-live [data-age]");
        if (node) write(node, ageWords());
    }
    function notice(id, words) {
        let line = document.getElementById(`notice-${id}`);
        if (!words) return line && line.remove();
        if (!line) {
            line = document.createElement("p");
            line.id = `notice-${id}`;
            line.className = "notice";
            line.setAttribute("role", "status");
            document.getElementById("notices").append(line);
        }
        if (line.textContent !== words) line.textContent = words;
    }
    function skewWords() {
        const ahead = Date.now() - me.realNow();
        if (Math.abs(ahead) <= SKEW) return "";
        const much = Math.abs(ahead) < 60000 ? `${Math.round(Math.abs(ahead) / 1000)}s` : me.duration(Math.abs(ahead));
        return `This device's own clock is ${much} ${ahead > 0 ? "ahead" : "behind"}. Every time on this screen is the ward's.`;
    }

    // ---- what ticks -----------------------------------------------------------------------------------------------

    function beat() {
        if (!ward.known) return;
        tickAll(me.wardNow());
        show("data-live", me.live ? `live · ${Math.round((steady() - state.counted) / 1000)} s` : "not live");
        show("data-clock-rate", ward.rate === 0 ? " · clock held" : ` · clock ×${ward.rate}`);
        show("data-clock-pace", ward.rate === 0 ? "held" : ward.rate === 1 ? "" : `×${ward.rate}`);
        if (me.name) show("data-who", me.name);
    }

    // ---- begin ----------------------------------------------------------------------------------------------------

    setInterval(watch, 500);
    // A training clock that hurries is followed smoothly.
    (function goOn() {
        if (document.visibilityState !== "hidden") beat();
        setTimeout(goOn, ward.rate > 1 ? 250 : 1000);
    })();
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" ? hide() : state.elsewhere || fresh());
    document.addEventListener("freeze", hide);
    document.addEventListener("resume", () => state.elsewhere || fresh());
    window.addEventListener("pagehide", hide);
    window.addEventListener("pageshow", event => { if (event.persisted && !state.elsewhere) fresh(); });
    window.addEventListener("online", () => { if (!me.live && !state.elsewhere) connect(); });
    document.addEventListener("click", event => {
        if (!event.target.closest("[data-live-here]")) return;
        state.elsewhere = false;
        fresh();
    });
    connect();
})();

// Signing off: the sign-on ends in the ward first, and only then the screen goes to the tiles.
(() => {
    "use strict";
    let busy = false;

    const say = (button, words) => { (button.querySelector("[data-sign-off-words]") || button).textContent = words; };

    async function signOff(button) {
        if (window.chairside?.hasTyped?.() && !("warned" in button.dataset)) {
            button.dataset.warned = "";
            return say(button, `Not all is saved. ${button.dataset.signOff ? "Leave" : "Sign off"} all the same`);
        }
        busy = true;
        // Out of a training room a tablet goes to where it can join another.
        const { signOff: path, wayOut } = button.dataset;
        window.chairside.wayOut = wayOut;
        const ended = await end(path || "/api/sign-off");
        busy = false;
        if (!ended) return say(button, "Not signed off: no answer. Try again");
        window.chairside.signedOff = true;
        location.replace(wayOut || `/sign-on?to=${encodeURIComponent(location.pathname + location.search)}`);
    }

    // 401: nobody is signed on here any more, which is what was wanted.
    async function end(path) {
        try {
            const reply = await fetch(path, { method: "POST", signal: AbortSignal.timeout(5000) });
            return reply.ok || reply.status === 401;
        } catch {
            return false;
        }
    }

    document.addEventListener("click", event => {
        const button = event.target.closest("[data-sign-off]");
        if (button && !busy) signOff(button);
    });
})();
