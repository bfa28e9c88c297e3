// Signing off: the sign-on ends in the ward first, and only then the screen goes to the tiles.
(() => {
    "use strict";
    let busy = false;

    const say = (button, words) => { (button.querySelector("[data-sign-off-words]") || button).textContent = words; };

    async function signOff(button) {
        if (window.chairside?.hasTyped?.() && !("warned" in button.dataset)) {
            button.dataset.warned = "";
            return say(button, "Not all is saved. Sign off all the same");
        }
        busy = true;
        const ended = await end();
        busy = false;
        if (!ended) return say(button, "Not signed off: no answer. Try again");
        location.replace(`/sign-on?to=${encodeURIComponent(location.pathname + location.search)}`);
    }

    // 401: nobody is signed on here any more, which is what was wanted.
    async function end() {
        try {
            const reply = await fetch("/api/sign-off", { method: "POST", signal: AbortSignal.timeout(5000) });
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
