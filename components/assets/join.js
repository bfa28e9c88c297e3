// The hands of the page to join a training room: four letters find the room, then a name and a role.
(() => {
    "use strict";
    const LOOKS_AGAIN = 5000, LOOKS = "looks";
    const params = new URLSearchParams(location.search);
    const byId = id => document.getElementById(id);
    const code = byId("code"), joining = byId("join-room"), name = byId("name");
    let room = null, asked = 0, busy = false, askedFor = "";

    const say = (field, words) => { byId(`${field}-refusal`).textContent = words; };
    const make = (tag, props, ...children) => {
        const made = Object.assign(document.createElement(tag), props);
        made.append(...children);
        return made;
    };

    async function answered(path, how = {}) {
        try {
            const reply = await fetch(path, { ...how, signal: AbortSignal.timeout(10000) });
            return { ...await reply.json(), status: reply.status };
        } catch {
            return { status: 0, refusal: "The ward does not answer. Try again." };
        }
    }

    // ---- the code -------------------------------------------------------------------------------------------------

    async function find(moves = true) {
        const letters = code.value;
        if (letters.length < 4) return forget(moves ? "The code has four letters." : "");
        if (letters === askedFor) return;   // being asked, or refused: Enter after the fourth letter asks nothing new
        askedFor = letters;
        const number = ++asked;
        const found = await answered(`/api/join?code=${encodeURIComponent(letters)}`);
        if (number !== asked) return;
        if (found.status !== 404) askedFor = "";
        if (found.status !== 200) return forget(found.refusal);
        say("code", "");
        show(found);
        if (moves) (params.has(LOOKS) ? joining.querySelector("[type=submit]") : name.value ? joining.querySelector("input[type=radio]") : name)?.focus();
    }
    function forget(why) {
        room = null;
        joining.hidden = true;
        say("code", why);
    }

    // ---- the room -------------------------------------------------------------------------------------------------

    function show(found) {
        const same = room?.code === found.code;
        room = found;
        byId("room-title").textContent = `Room ${found.code}`;
        byId("room-kind").textContent = found.kind === "shared"
            ? "One ward for everybody in the room." : "Everybody has a ward of their own, with the same patient.";
        if (!same) byId("roles").replaceChildren(...found.roles.map(tile), looking());
        found.roles.forEach(one => { byId(`taken-${one.id}`).textContent = one.taken ? "taken" : ""; });
        joining.hidden = false;
    }
    function tile(role) {
        const chairs = role.chairs.length ? `chair${role.chairs.length > 1 ? "s" : ""} ${role.chairs.join(", ")}` : "no chair";
        const radio = make("input", { type: "radio", name: "role", value: role.id, required: true });
        radio.addEventListener("change", () => say("role", ""));
        return make("label", { className: "role" }, radio, make("b", { textContent: role.name }),
            make("span", { textContent: `${role.role} · ${chairs}` }), make("span", { id: `taken-${role.id}`, className: "taken" }));
    }
    // A screen for everybody to see, on the wall or beside the panel: nobody plays at it.
    function looking() {
        const radio = make("input", { type: "radio", name: "role", value: LOOKS, required: true, checked: params.has(LOOKS) });
        radio.addEventListener("change", () => { say("role", ""); say("name", ""); });
        return make("label", { className: "role" }, radio, make("b", { textContent: "Board: looks only" }),
            make("span", { textContent: "enters nothing · needs no name" }));
    }

    async function join() {
        const role = joining.querySelector("input[name=role]:checked");
        const nameless = !name.value.trim() && role?.value !== LOOKS;
        say("name", nameless ? "Write your name." : "");
        say("role", role ? "" : "Choose a role.");
        if (nameless) return name.focus();
        if (!role) return joining.querySelector("input[type=radio]")?.focus();
        busy = true;
        const reply = await answered("/api/join", {
            method: "POST", headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ code: room.code, name: name.value, role: role.value }),
        });
        busy = false;
        if (reply.status === 201) return location.replace(reply.page);
        if (reply.field === "code") return forget(reply.refusal), code.focus();
        say(reply.field === "name" ? "name" : "role", reply.refusal);
    }

    // ---- hands ----------------------------------------------------------------------------------------------------

    code.addEventListener("input", () => {
        const place = code.selectionStart;
        code.value = code.value.toUpperCase().replace(/[^A-Z]/g, "").slice(0, 4);
        code.setSelectionRange(place, place);
        if (code.value.length === 4) find(); else { asked++; askedFor = ""; forget(""); }
    });
    byId("join-code").addEventListener("submit", event => { event.preventDefault(); find(); });
    joining.noValidate = true;
    joining.addEventListener("submit", event => { event.preventDefault(); if (!busy && room) join(); });
    name.addEventListener("input", () => say("name", ""));
    // Who has taken a role meanwhile; what is chosen and typed stays.
    setInterval(() => { if (room && !busy && document.visibilityState !== "hidden") find(false); }, LOOKS_AGAIN);

    code.value = (params.get("code") || "").toUpperCase().replace(/[^A-Z]/g, "").slice(0, 4);
    if (code.value.length === 4) find(); else code.focus();
})();
