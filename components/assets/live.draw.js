// Puts the stream's fragments on the page and lets what ticks tick, both straight in the document: Dash's own way
// costs every component on the page a look at every change, which held a chair page for seconds.
(() => {
    "use strict";
    if (!document.documentElement.dataset.page) return;
    const NAMES = { className: "class", htmlFor: "for", charSet: "charset" };
    const NOT_OURS = new Set(["children", "id", "style", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "key"]);
    const MARKS = ["data-until", "data-since", "data-clock", "data-live", "data-clock-rate", "data-clock-pace", "data-who", "data-age"];
    const TICKING = MARKS.map(mark => `[${mark}]`).join();
    const drawnFrom = new WeakMap(), last = new Map(), byDash = new Set();

    // ---- fragments ------------------------------------------------------------------------------------------------

    function draw(fragments) {
        for (const [id, props] of fragments) {
            const element = document.getElementById(id), text = JSON.stringify(props);
            if (!element || last.get(id) === text) continue;
            last.set(id, text);
            if (byDash.has(id) || !isHtml(props.children)) throughDash(id, element, props);
            else dress(element, props, true);
        }
    }

    function isHtml(children) {
        if (Array.isArray(children)) return children.every(isHtml);
        if (children === null || typeof children !== "object") return true;
        return children.namespace === "dash_html_components" && isHtml(children.props.children ?? null);
    }

    // A chart is Dash's to draw; once it owns a place it keeps it.
    function throughDash(id, element, props) {
        if (!byDash.has(id)) element.replaceChildren();
        byDash.add(id);
        window.dash_clientside.set_props(id, props);
    }

    function dress(element, props, isPlace = false) {
        const former = drawnFrom.get(element) || {};
        drawnFrom.set(element, props);
        for (const name of Object.keys({ ...former, ...props }))
            if (!NOT_OURS.has(name) && former[name] !== props[name]) attribute(element, NAMES[name] || name.toLowerCase(), props[name]);
        if (!isPlace) attribute(element, "id", props.id);
        // What ticking has written goes with the mark it was written for.
        if ("data-fill-from" in former && !("data-fill-from" in props)) element.style.width = "";
        if ("data-now-from" in former && !("data-now-from" in props)) element.style.left = "";
        for (const name of Object.keys({ ...former.style, ...props.style })) style(element, name, props.style?.[name]);
        if (!isPlace || "children" in props) fill(element, [props.children ?? []].flat(Infinity), props);
    }
    function attribute(element, name, value) {
        if (value === undefined || value === null || value === false) element.removeAttribute(name);
        else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? "" : value);
    }
    function style(element, name, value) {
        const words = value ?? "";
        if (name.startsWith("--")) element.style.setProperty(name, words);
        else element.style[name] = typeof words === "number" && name === "width" ? `${words}px` : words;
    }

    // Whatever stands where it stood is kept, so that a finger and a focus stay where they are.
    function fill(element, children, props) {
        const shown = children.filter(child => child !== null && child !== undefined && typeof child !== "boolean" && child !== "");
        if (!shown.length && MARKS.some(mark => mark in props)) return onlyText(element);
        dropGone(element, shown);
        shown.forEach((child, place) => {
            const wanted = typeof child === "object" ? child.type.replace(/El$/, "").toLowerCase() : "#text";
            const key = child.props?.key, standing = moved(element, place, key);
            let node = standing;
            if (!standing || standing.nodeName.toLowerCase() !== wanted) {
                node = wanted === "#text" ? new Text("") : document.createElement(wanted);
                if (standing) standing.replaceWith(node); else element.append(node);
            }
            if (key !== undefined) keys.set(node, key);
            if (wanted !== "#text") dress(node, child.props);
            else if (node.data !== String(child)) node.data = String(child);
        });
        while (element.childNodes.length > shown.length) element.lastChild.remove();
    }

    // What ticks is one text: of what the element held before, nothing else may stand beside it.
    function onlyText(element) {
        const text = [...element.childNodes].find(node => node.nodeType === Node.TEXT_NODE);
        for (const node of [...element.childNodes]) if (node !== text) node.remove();
    }

    // What has a key stays the same element wherever it stands: a button never becomes another alert's under a finger.
    const keys = new WeakMap();
    function dropGone(element, shown) {
        const gone = [...element.childNodes].filter(node => keys.has(node));
        const kept = gone.length ? new Set(shown.map(child => child.props?.key)) : null;
        for (const node of gone) if (!kept.has(keys.get(node))) node.remove();
    }
    function moved(element, place, key) {
        const standing = element.childNodes[place];
        if (!standing || keys.get(standing) === key) return standing;
        const own = key === undefined ? null : [...element.childNodes].slice(place).find(node => keys.get(node) === key);
        return element.insertBefore(own || new Text(""), standing);
    }

    // ---- words ----------------------------------------------------------------------------------------------------

    const formats = new Map();
    function format(ms, parts) {
        const zone = window.chairside.zone, key = zone + Object.keys(parts);
        if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", {
            timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...parts,
        }));
        return formats.get(key).format(ms);
    }
    // In the hour that a clock change repeats, with the zone named: 01:30 BST.
    function clock(ms, seconds = false) {
        const parts = seconds ? { second: "2-digit" } : {}, shown = format(ms, parts);
        const repeated = [-3600000, 3600000].some(hour => format(ms + hour, parts) === shown);
        return repeated ? format(ms, { ...parts, timeZoneName: "short" }) : shown;
    }
    function minutes(count) {
        const hours = Math.floor(count / 60), rest = count % 60;
        if (!hours) return `${rest}min`;
        return rest ? `${hours}hr ${String(rest).padStart(2, "0")}min` : `${hours}hr`;
    }

    // ---- what ticks -----------------------------------------------------------------------------------------------

    const down = ms => minutes(Math.ceil(Math.max(0, ms) / 60000)), up = ms => minutes(Math.floor(Math.max(0, ms) / 60000));
    const mmss = ms => `${Math.floor(ms / 60000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
    // Of milliseconds left (negative once past).
    const FORMS = {
        duration: (left, isSince) => isSince ? up(-left) : down(left),
        countdown: left => left > 0 ? `in ${down(left)}` : left > -60000 ? "due now" : `overdue ${up(-left)}`,
        overdue: left => left > 0 ? "" : up(-left),
        age: left => -left < 60000 ? "now" : `${up(-left)} ago`,
        mmss: (left, isSince) => mmss(Math.max(0, isSince ? -left : left)),
        volume: (left, _, marks) => String(Math.round(Math.min(
            Number(marks.max ?? Infinity), Number(marks.base) + Math.max(0, -left) / 3600000 * Number(marks.rate)))),
    };

    // A text node of ours: React neither sees nor minds it, and a reader's selection survives an unchanged second.
    const written = new Map();
    function write(element, words) {
        let text = written.get(element);
        if (!text || text.parentNode !== element) {
            text = element.firstChild?.nodeType === Node.TEXT_NODE ? element.firstChild : element.appendChild(new Text(""));
            written.set(element, text);
        }
        if (text.data !== words) text.data = words;
    }
    function show(mark, words) {
        for (const element of document.querySelectorAll(`[${mark}]`)) write(element, words);
    }
    const percent = (now, from, to) => `${(Math.min(1, Math.max(0, (now - from) / (to - from || 1))) * 100).toFixed(1)}%`;
    function place(element, property, value) {
        if (element.style[property] !== value) element.style[property] = value;
    }

    function tick(now) {
        for (const element of document.querySelectorAll("[data-until], [data-since]")) {
            const marks = element.dataset, isSince = marks.since !== undefined;
            const form = FORMS[marks.form] || FORMS.duration;
            write(element, form(Number(isSince ? marks.since : marks.until) - now, isSince, marks));
        }
        for (const element of document.querySelectorAll("[data-now-from]"))
            place(element, "left", percent(now, element.dataset.nowFrom, element.dataset.nowTo));
        for (const element of document.querySelectorAll("[data-fill-from]"))
            place(element, "width", percent(now, element.dataset.fillFrom, element.dataset.fillTo));
        show("data-clock", clock(now));
        for (const [element, text] of written) {
            if (element.isConnected && element.matches(TICKING)) continue;
            // The element has become something else: our words must not stay in it.
            if (element.isConnected) text.remove();
            written.delete(element);
        }
    }

    window.chairside = Object.assign(window.chairside || {}, {
        zone: "Europe/London", clock, duration: ms => up(ms), page: { draw, tick, show, write },
    });
})();
