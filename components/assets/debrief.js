// The debrief in the browser: the scrubber that shows the board as it stood, the filters of the time line, printing.
(() => {
    "use strict";
    const section = document.getElementById("replay-section"), me = window.chairside;
    if (!section || !me?.page) return;
    const MINUTE = 60000, PACE = 500, told = section.dataset;
    const scrubber = section.querySelector("[data-scrubber]"), clock = section.querySelector("[data-at]");
    const then = section.querySelector("[data-then]"), button = name => section.querySelector(`[data-replay="${name}"]`);
    const rows = [...document.querySelectorAll(".time-line tbody tr")];
    me.zone = told.zone;

    // ---- the day again --------------------------------------------------------------------------------------------

    // At the end of a minute everything that bears its time has happened.
    const moment = minute => Math.min(Number(told.starts) + minute * MINUTE + MINUTE - 1000, Number(told.last));
    const known = new Map();
    let asked = 0;

    async function fragments(minute) {
        if (!known.has(minute)) {
            const at = new Date(moment(minute)).toISOString();
            const reply = await fetch(`${told.moments}&at=${encodeURIComponent(at)}`, { signal: AbortSignal.timeout(10000) });
            if (!reply.ok) throw new Error(String(reply.status));
            known.set(minute, await reply.json());
        }
        return known.get(minute);
    }

    async function show(minute) {
        const mine = ++asked, words = me.clock(Number(told.starts) + minute * MINUTE);
        scrubber.value = minute;
        scrubber.setAttribute("aria-valuetext", words);
        clock.textContent = words;
        happened(minute);
        try {
            const board = await fragments(minute);
            if (mine !== asked) return;
            me.page.draw(Object.entries(board.fragments));
            me.page.tick(board.at);
            section.classList.remove("no-answer");
        } catch {
            if (mine === asked) section.classList.add("no-answer");
        }
    }

    // What the time line tells of this minute, beside the board.
    function happened(minute) {
        const lines = rows.filter(row => Number(row.dataset.minute) === minute).flatMap(row =>
            [...row.querySelectorAll("li")].map(line => copied(line, row.dataset.chair)));
        then.replaceChildren(...lines);
    }
    function copied(line, chair) {
        const copy = line.cloneNode(true);
        copy.removeAttribute("id");
        copy.removeAttribute("tabindex");
        copy.hidden = false;
        if (chair) copy.prepend(Object.assign(document.createElement("b"), { textContent: `Chair ${chair} ` }));
        return copy;
    }

    // ---- play, back, next -----------------------------------------------------------------------------------------

    let playing = false;
    const wait = ms => new Promise(done => setTimeout(done, ms));
    async function play() {
        playing = true;
        say();
        if (Number(scrubber.value) >= Number(scrubber.max)) await show(0);
        while (playing && Number(scrubber.value) < Number(scrubber.max))
            await Promise.all([show(Number(scrubber.value) + 1), wait(PACE)]);
        stop();
    }
    function stop() {
        playing = false;
        say();
    }
    function say() {
        button("play").lastElementChild.textContent = playing ? "Pause" : "Play";
        button("play").classList.toggle("playing", playing);
    }
    function neighbour(ahead) {
        const at = Number(scrubber.value), minutes = rows.map(row => Number(row.dataset.minute));
        const found = ahead ? minutes.filter(one => one > at) : minutes.filter(one => one < at);
        return found.length ? (ahead ? Math.min(...found) : Math.max(...found)) : Number(ahead ? scrubber.max : 0);
    }

    scrubber.addEventListener("input", () => { stop(); show(Number(scrubber.value)); });
    button("play").addEventListener("click", () => playing ? stop() : play());
    for (const [name, ahead] of [["back", false], ["on", true]])
        button(name).addEventListener("click", () => { stop(); show(neighbour(ahead)); });
    document.addEventListener("click", event => {
        const time = event.target.closest("[data-moment]");
        if (!time) return;
        stop();
        show(Number(time.dataset.moment));
        section.scrollIntoView();
        scrubber.focus({ preventScroll: true });
    });

    // ---- filters --------------------------------------------------------------------------------------------------

    const filters = [...document.querySelectorAll("[data-filter]")], shown = document.querySelector("[data-shown]");
    const chosen = name => filters.find(one => one.dataset.filter === name).value;
    function filter() {
        const chair = chosen("chair"), by = chosen("by");
        let count = 0, all = 0;
        for (const row of rows) {
            const ours = !chair || !row.dataset.chair || row.dataset.chair === chair;
            const lines = [...row.querySelectorAll("li")];
            for (const line of lines) line.hidden = Boolean(by && line.dataset.by && line.dataset.by !== by);
            row.hidden = !ours || lines.every(line => line.hidden);
            all += lines.length;
            count += row.hidden ? 0 : lines.filter(line => !line.hidden).length;
        }
        const words = filters.filter(one => one.value).map(one => one.selectedOptions[0].textContent).join(", ");
        shown.textContent = words ? `${count} of ${all} entries: ${words}` : `${all} entries`;
    }
    for (const one of filters) one.addEventListener("change", filter);

    // A link to a fact leads to it whatever is filtered out.
    document.addEventListener("click", event => {
        const link = event.target.closest("a[href^='#fact-']"), target = link && document.getElementById(link.hash.slice(1));
        if (!target) return;
        for (const one of filters) one.value = "";
        filter();
        setTimeout(() => target.focus());
    });

    for (const one of document.querySelectorAll("[data-print]")) one.addEventListener("click", () => window.print());
    show(0);
})();
