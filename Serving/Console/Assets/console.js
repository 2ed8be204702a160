// Search as you type: a form marked data-search is sent half a second after the last key; without this script its button does it.
for (const form of document.querySelectorAll("form[data-search]")) {
  const field = form.querySelector("input[type=search]");
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), 500);
  });
  for (const choice of form.querySelectorAll("select, input[type=checkbox]"))
    choice.addEventListener("change", () => form.requestSubmit());
  if (field.value && new URLSearchParams(location.search).has("q")) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }
}

// A run that goes on: the page is loaded again while it is looked at.
const live = document.querySelector("[data-refresh]");
if (live)
  setInterval(() => document.visibilityState === "visible" && location.reload(), live.dataset.refresh * 1000);

// The graph: drag to move it, buttons or Ctrl with the wheel to zoom; it opens with the chosen node in the middle.
for (const graph of document.querySelectorAll("[data-graph]")) {
  const drawing = graph.querySelector("svg");
  const whole = drawing.viewBox.baseVal;
  let scale = 1;

  const zoomTo = (wanted, x = graph.clientWidth / 2, y = graph.clientHeight / 2) => {
    const next = Math.min(3, Math.max(0.1, wanted));
    const left = ((graph.scrollLeft + x) / scale) * next - x;
    const top = ((graph.scrollTop + y) / scale) * next - y;
    scale = next;
    drawing.setAttribute("width", whole.width * scale);
    drawing.setAttribute("height", whole.height * scale);
    graph.scrollTo(left, top);
  };

  const bar = document.querySelector("[data-zoom]");
  bar.hidden = false;
  for (const button of bar.querySelectorAll("button"))
    button.addEventListener("click", () =>
      zoomTo(button.dataset.factor === "fit" ? Math.min(1, (graph.clientWidth - 4) / whole.width) : scale * button.dataset.factor));

  graph.addEventListener("wheel", event => {
    if (!event.ctrlKey)
      return;
    event.preventDefault();
    const box = graph.getBoundingClientRect();
    zoomTo(scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  let from;
  let moved = false;
  graph.addEventListener("pointerdown", event => {
    moved = false;
    from = event.pointerType === "mouse" && event.button === 0 ? { x: event.clientX + graph.scrollLeft, y: event.clientY + graph.scrollTop } : undefined;
  });
  graph.addEventListener("pointermove", event => {
    if (!from || event.buttons === 0)
      return;
    moved ||= Math.abs(from.x - event.clientX - graph.scrollLeft) + Math.abs(from.y - event.clientY - graph.scrollTop) > 4;
    graph.scrollTo(from.x - event.clientX, from.y - event.clientY);
  });
  graph.addEventListener("dragstart", event => event.preventDefault());
  graph.addEventListener("click", event => moved && event.preventDefault(), true);

  const focus = graph.querySelector(".box.focus")?.getBBox();
  if (focus)
    graph.scrollTo(focus.x + focus.width / 2 - graph.clientWidth / 2, focus.y + focus.height / 2 - graph.clientHeight / 2);
}

// On a narrow screen the navigation scrolls: the present page is in sight.
document.querySelector(".side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
