// The forms of the panel: which one is shown, for which copy and chair, and their one POST each.
(() => {
    "use strict";
    const { act, all } = window.chairside.training;
    const NUMBERS = ["heart_rate", "systolic", "diastolic", "spo2", "temperature", "respiratory_rate", "minutes"];
    const where = name => document.querySelector(`.inject-where [name="${name}"]`)?.value ?? "";
    const copy = () => where("play") ? { play: Number(where("play")) } : {};

    // A number as the API takes it; what cannot be read is sent as it stands, and refused by its name.
    const read = (name, text) => {
        const plain = text.trim().replace(",", ".");
        return NUMBERS.includes(name) && plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : plain;
    };
    const fieldsOf = form => Object.fromEntries([...new FormData(form)].map(([name, text]) => [name, read(name, text)]).filter(([, value]) => value !== ""));

    const BODIES = {
        mark: fields => ({ ...fields, ...copy() }),
        inject: ({ minutes, ...fields }, kind) => ({ chair: where("chair"), ...copy(), ...(minutes === undefined ? {} : { minutes }), [kind]: fields }),
    };

    document.addEventListener("submit", async event => {
        const form = event.target.closest("form[data-form]");
        if (!form) return;
        event.preventDefault();
        const button = form.querySelector("[type=submit]"), { form: what, kind } = form.dataset;
        button.dataset.do = what;
        if (button.getAttribute("aria-disabled") === "true") return;
        const told = await act(button, BODIES[what](fieldsOf(form), kind));
        if (!told) return point(form);
        for (const field of all("input:not([type=hidden]):not([name=minutes])", form)) field.value = "";
        done(button);
    });

    function done(button) {
        const words = button.textContent;
        button.textContent = "Done";
        setTimeout(() => { button.textContent = words; }, 1500);
    }
    function point(form) {
        const name = document.getElementById("training-said").dataset.field;
        const field = name && [...form.elements].find(one => one.name === name);
        if (field) field.focus();
    }

    document.addEventListener("click", event => {
        const chip = event.target.closest("[data-inject]");
        if (!chip) return;
        for (const one of all("[data-inject]")) one.setAttribute("aria-pressed", String(one === chip));
        for (const form of all("form[data-kind]")) form.hidden = form.dataset.kind !== chip.dataset.inject;
    });

    // The copies come with the learners; what was chosen stays chosen.
    function copies() {
        const choice = document.querySelector('.inject-where [name="play"]');
        if (!choice) return;
        const told = all("#panel-copies [data-copy]"), wanted = ["", ...told.map(one => one.dataset.copy)];
        if (String([...choice.options].map(one => one.value + one.text)) === String(["every copy", ...told.map(one => one.dataset.copy + one.textContent)])) return;
        const chosen = wanted.includes(choice.value) ? choice.value : "";
        choice.replaceChildren(new Option("every copy", ""), ...told.map(one => new Option(one.textContent, one.dataset.copy)));
        choice.value = chosen;
    }
    document.addEventListener("chairside:live", copies);
    setInterval(copies, 2000);

    window.chairside.training.copy = copy;
})();
