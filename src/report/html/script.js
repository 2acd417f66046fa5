// The page works without this; it adds the filter, the theme, copying, and printing with everything open.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.getElementById("filter");
  const told = document.getElementById("told");
  const rows = all("[data-row]");
  const groups = all("[data-group]");
  const folds = all("[data-fold]");
  const texts = new Map();

  const textOf = (row) => {
    const rule = row.closest("[data-group]")?.querySelector("h3").textContent ?? "";
    if (!texts.has(row)) texts.set(row, `${rule} ${row.textContent}`.toLowerCase());
    return texts.get(row);
  };

  const matches = (row, wanted) =>
    (!wanted.verdict || row.dataset.verdict === wanted.verdict) &&
    (!wanted.operation || row.dataset.operation === wanted.operation) &&
    (!wanted.level || row.dataset.level.split(" ").includes(wanted.level)) &&
    wanted.words.every((word) => textOf(row).includes(word));

  // What a filter finds is not left folded away; what it opened is closed with it.
  const fold = (wanted) => {
    const active = Boolean(wanted.words.length || wanted.verdict || wanted.operation || wanted.level);
    for (const details of folds) {
      details.hidden = !details.querySelector("[data-row]:not([hidden])");
      if (active && !details.open) details.dataset.opened = "";
      if (active) details.open = true;
      else if ("opened" in details.dataset) {
        details.open = false;
        delete details.dataset.opened;
      }
    }
  };

  const filter = () => {
    const wanted = Object.fromEntries(new FormData(form));
    wanted.words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = { finding: [0, 0], case: [0, 0] };
    for (const row of rows) {
      const shown = matches(row, wanted);
      row.hidden = !shown;
      counts[row.dataset.row][0] += shown;
      counts[row.dataset.row][1] += 1;
    }
    fold(wanted);
    for (const group of groups) group.hidden = !group.querySelector("[data-row]:not([hidden])");
    for (const empty of all("[data-empty]")) {
      const [shown, total] = counts[empty.dataset.empty];
      empty.hidden = shown > 0 || total === 0;
    }
    const part = ([shown, total], noun) => `${shown} of ${total} ${noun}${total === 1 ? "" : "s"}`;
    told.textContent = `Shown: ${part(counts.finding, "finding")}, ${part(counts.case, "case")}.`;
  };

  const names = ["q", "verdict", "operation", "level"];

  const remember = () => {
    const state = new URLSearchParams();
    for (const name of names) if (form.elements[name].value) state.set(name, form.elements[name].value);
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search);
  };

  // The hash is either the state of the filter or the place of a finding.
  const recall = () => {
    const hash = location.hash.slice(1);
    const target = hash && !hash.includes("=") && document.getElementById(hash);
    if (target) {
      if (target.closest("[hidden]")) form.reset();
      filter();
      const details = target.querySelector("details");
      if (details) details.open = true;
      for (let outer = target.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
      target.scrollIntoView();
      return;
    }
    const state = new URLSearchParams(hash);
    for (const name of names) form.elements[name].value = state.get(name) ?? "";
    for (const name of names) if (form.elements[name].selectedIndex === -1) form.elements[name].value = "";
    filter();
  };

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filter(); remember(); }, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { filter(); remember(); }));
  addEventListener("hashchange", recall);

  const unfold = document.getElementById("unfold");
  unfold.addEventListener("click", () => {
    const open = unfold.textContent === "Open all";
    for (const details of all(".cause:not([hidden]) > details, .alike")) details.open = open;
    unfold.textContent = open ? "Close all" : "Open all";
  });

  const theme = document.getElementById("theme");
  const themes = ["system", "light", "dark"];
  const dress = (name) => {
    root.dataset.theme = name;
    theme.textContent = `Theme: ${name}`;
    try { localStorage.setItem("tenantcheck-theme", name); } catch { /* A file may have no storage. */ }
  };
  let kept = "system";
  try { kept = localStorage.getItem("tenantcheck-theme") ?? "system"; } catch { /* A file may have no storage. */ }
  dress(themes.includes(kept) ? kept : "system");
  theme.addEventListener("click", () => dress(themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length]));

  const copied = async (text, pre) => {
    try {
      await navigator.clipboard.writeText(text);
      return "Copied";
    } catch {
      getSelection().selectAllChildren(pre);
      return document.execCommand("copy") ? "Copied" : "Selected: press Ctrl+C";
    }
  };
  for (const command of all(".command")) {
    const pre = command.querySelector("pre");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-describedby", command.querySelector("p").id);
    button.addEventListener("click", async () => {
      button.textContent = await copied(pre.textContent, pre);
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    command.append(button);
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });

  form.hidden = false;
  theme.hidden = false;
  recall();
})();
