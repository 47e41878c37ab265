// What makes the pages smoother. Everything works without it.
"use strict";

// "/" goes to the search box, Escape leaves it.
document.addEventListener("keydown", (event) => {
  const find = document.querySelector("[data-find]");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && find) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === "Escape") {
    if (event.target === find) find.blur();
    const menu = event.target.closest("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// An open menu closes when one clicks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A form that came back with messages starts at them.
const errors = document.querySelector("[data-errors]");
if (errors) errors.focus();

// A combobox: typing offers options (WAI-ARIA authoring practices, editable combobox with list).
for (const box of document.querySelectorAll("[data-suggest]")) {
  const input = box.querySelector("input[role=combobox]");
  const list = box.querySelector("[role=listbox]");
  const chosen = box.querySelector("input[type=hidden]");
  let waiting, asked = 0, active = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    const all = options();
    if (!all.length) return;
    active = (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  const take = (option) => {
    if (box.dataset.several !== undefined) {
      const words = input.value.split(/[、，,;；]/).map((word) => word.trim());
      words.pop();
      words.push(option.dataset.label);
      input.value = words.join("、") + "、";
    } else {
      input.value = option.dataset.label;
      chosen.value = option.dataset.value;
      input.dispatchEvent(new CustomEvent("linli:chosen", { bubbles: true }));
    }
    close();
  };
  const ask = async () => {
    const turn = ++asked;
    const typed = box.dataset.several !== undefined
      ? input.value.split(/[、，,;；]/).pop().trim()
      : input.value.trim();
    if (!typed) return close();
    const address = new URL(box.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (turn !== asked || !answer.ok) return;
    list.innerHTML = await answer.text();
    list.hidden = options().length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
  };
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    if (chosen) chosen.value = "";
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("compositionend", () => {
    if (chosen) chosen.value = "";
    ask();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      if (list.hidden) ask(); else mark(active + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      mark(active - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      take(options()[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      event.preventDefault();
      take(option);
    }
  });
}

// Buttons that print, and ticks that show or hide what depends on them.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
