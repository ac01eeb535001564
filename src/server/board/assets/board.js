// What the board does better with script; every page works without.
"use strict";
(() => {
  // A run under way: its figures as they come, and the page again when it ends.
  const live = document.querySelector("[data-progress]");
  if (live && "EventSource" in window) {
    const source = new EventSource(live.dataset.progress);
    source.addEventListener("run", (event) => {
      const run = JSON.parse(event.data);
      const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
      const show = (name, text) => {
        const place = live.querySelector(`[data-show="${name}"]`);
        if (place) place.textContent = text;
      };
      show("phase", run.phase || run.state);
      if (run.incumbent !== null) show("incumbent", "€ " + number.format(run.incumbent));
      if (run.bound !== null) show("bound", "€ " + number.format(run.bound));
      if (run.gap !== null) show("gap", (100 * run.gap).toFixed(2) + "%");
      if (run.state !== "queued" && run.state !== "running") {
        source.close();
        location.reload();
      }
    });
  }
  // A session ends by itself: say so while there is time to stay.
  const idle = document.getElementById("idle");
  if (idle) setTimeout(() => (idle.hidden = false), Math.max(1, Number(idle.dataset.minutes) - 5) * 60000);
  // A case is dragged to another flight, or out of the plan: the form that fixes it opens, as it does by its link.
  let dragged = null;
  const place = ({ target }) => dragged && (target instanceof Element ? target : target.parentElement)?.closest("[data-on]");
  const mark = (place) => document.querySelectorAll("[data-on]").forEach((one) => one.classList.toggle("over", one === place));
  document.querySelectorAll("[data-drag]").forEach((grip) => {
    grip.hidden = false;
    grip.draggable = true;
    grip.addEventListener("dragstart", (event) => {
      dragged = grip.dataset.drag;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", grip.closest("tr").querySelector("a").textContent);
      // What appears under the pointer in the same moment would end the dragging.
      setTimeout(() => document.body.classList.add("dragging"));
    });
    grip.addEventListener("dragend", () => {
      dragged = null;
      mark(null);
      document.body.classList.remove("dragging");
    });
  });
  ["dragenter", "dragover"].forEach((kind) => document.addEventListener(kind, (event) => {
    const over = place(event);
    mark(over);
    if (over) event.preventDefault();
  }));
  document.addEventListener("drop", (event) => {
    const over = place(event);
    if (!over) return;
    event.preventDefault();
    location.assign(`${dragged}?on=${encodeURIComponent(over.dataset.on)}`);
  });
  // A form is sent once.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
  document.querySelectorAll("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
