/* Draws the charts of a chair from `data-figure`, moves their *now* line and shows what is being typed.

   Plotly is fetched once for all chairs, and only by a page that has a chart. */
(() => {
  const PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  const STEP_MS = 15000;
  const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false, showAxisDragHandles: false };
  const drawn = new Map();
  const places = () => [...document.querySelectorAll(".trend")];
  const wardNow = () => window.chairside?.wardNow?.();
  let typed = {};

  const draw = () => {
    if (!window.Plotly) return;
    for (const place of places()) {
      const figure = place.dataset.figure;
      if (drawn.get(place) === figure) continue;
      if (!drawn.has(place)) sized.observe(place);
      drawn.set(place, figure);
      if (!figure) { window.Plotly.purge(place); continue; }
      const { data, layout } = JSON.parse(figure);
      window.Plotly.react(place, marked(data), moved(place, layout), CONFIG);
    }
  };

  const moved = (place, layout) => {
    const now = wardNow();
    const line = layout.shapes.find((s) => s.name === "now");
    const words = layout.annotations.find((a) => a.name === "now");
    if (!now || !line || now > layout.xaxis.range[1]) return layout;
    const share = (now - layout.xaxis.range[0]) / (layout.xaxis.range[1] - layout.xaxis.range[0]);
    place.parentElement.classList.toggle("title-right", share < 0.35);
    line.x0 = line.x1 = now;
    if (words) Object.assign(words, { x: now, xanchor: share < 0.1 ? "left" : share > 0.9 ? "right" : "center", text: `<b>now ${window.chairside.clock(now)}</b>` });
    return layout;
  };

  const marked = (data) => {
    const now = wardNow();
    for (const trace of data) {
      const values = { "typed heart-rate": [typed.heart_rate], "typed pressure": [typed.diastolic, typed.systolic] }[trace.name];
      if (!values) continue;
      trace.y = values.filter((v) => Number.isFinite(v));
      trace.x = trace.y.map(() => now);
    }
    return data;
  };

  const again = () => {               // now has moved, or other digits are typed
    if (!window.Plotly || document.hidden) return;
    for (const place of places()) if (place.layout) window.Plotly.react(place, marked(place.data), moved(place, place.layout), CONFIG);
  };

  const sized = new ResizeObserver((changes) => {
    for (const { target } of changes) if (target.layout && target.offsetParent) window.Plotly.Plots.resize(target);
  });

  const load = () => {
    if (document.querySelector("script[data-plotly]")) return;
    const script = Object.assign(document.createElement("script"), { src: PLOTLY, async: true, onload: draw });
    script.dataset.plotly = "";
    script.onerror = () => { script.remove(); setTimeout(load, 3000); };
    document.head.append(script);
  };

  new MutationObserver(() => { if (places().length) { load(); draw(); } })
    .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-figure"] });
  setInterval(again, STEP_MS);

  window.chairside = Object.assign(window.chairside || {}, {
    trend: { typed: (values) => { typed = values; again(); } },
  });
})();
