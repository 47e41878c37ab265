// What makes the pages smoother. Everything works without it.
"use strict";

document.documentElement.classList.add("js");

// "/" goes to the search box, Escape leaves it and closes a menu.
document.addEventListener("keydown", (event) => {
  const find = document.querySelector("[data-find]");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && find && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === "Escape" && !event.isComposing) {
    if (event.target === find) find.blur();
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// An open menu closes when one clicks or moves on to elsewhere.
const closeOtherMenus = (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
};
document.addEventListener("click", closeOtherMenus);
document.addEventListener("focusin", closeOtherMenus);

// A link to hand on is selected whole, ready to be copied.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-select]")) target.select();
});

// A button that prints.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// The facets of a list are folded away where they would push it off the screen.
const narrow = matchMedia("(max-width: 66rem)");
const fold = (part) => {
  for (const folder of part.querySelectorAll("details[data-fold]")) folder.open = !narrow.matches;
};
narrow.addEventListener("change", () => fold(document));
document.addEventListener("htmx:after:swap", (event) => fold(event.detail.ctx.target ?? document));
fold(document);

// The desk's picture leads down without loading the page anew, as the links beside it do; htmx
// does not know links inside a drawing.
document.addEventListener("click", (event) => {
  const url = event.target.closest(".treemap a")?.getAttribute("href");
  if (!url?.startsWith("/?") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const spread = "#spread";
  htmx.ajax("GET", url, { target: spread, select: spread, swap: "outerHTML", push: url });
});

// A box for all rows of a list ticks those in sight, so that one sees what it means.
document.addEventListener("change", ({ target }) => {
  const { all } = target.dataset;
  if (!all) return;
  for (const box of target.form.querySelectorAll(`input[name="${all}"]`)) box.checked = target.checked;
});

// A form is sent once, however often its button is pressed; one that answers with a file stays.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.dataset.file !== undefined) return;
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
document.querySelector("[data-errors]")?.focus();

// A field near its limit says how full it is. It never cuts off what was typed or pasted.
document.addEventListener("input", ({ target }) => {
  const limit = Number(target.dataset.limit);
  const left = limit && document.getElementById(`${target.id}-left`);
  if (!left) return;
  const typed = [...target.value].length;
  left.hidden = typed < limit * 0.8;
  left.textContent = `${typed}/${limit}`;
  left.classList.toggle("over", typed > limit);
});

// A combobox: typing offers options (WAI-ARIA authoring practices, editable combobox with list).
// With data-several the field holds words parted by 、 or commas, and the last one is completed.
const PARTS = /[、，,;；]/;

const combobox = (box) => {
  const input = box.querySelector("[role=combobox]");
  const list = box.querySelector("[role=listbox]");
  const chosen = box.querySelector("input[type=hidden]");
  const several = box.dataset.several !== undefined;
  // Where each choice is entered at once, Enter takes the first, unless the second is of that name.
  const first = box.closest("[data-entry]") !== null;
  let waiting, asked = 0, active = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    asked += 1;
    clearTimeout(waiting);
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
  // What is offered was asked for with less than what is typed by now.
  const unmark = () => {
    active = -1;
    input.removeAttribute("aria-activedescendant");
    options().forEach((option) => option.setAttribute("aria-selected", "false"));
  };
  const take = (option) => {
    if (several) {
      const words = input.value.split(PARTS).map((word) => word.trim()).slice(0, -1);
      input.value = [...words, option.dataset.label, ""].join("、");
    } else {
      input.value = option.dataset.label;
      if (chosen) chosen.value = option.dataset.value;
    }
    close();
    input.dispatchEvent(new CustomEvent("linli:chosen", { bubbles: true }));
  };
  const ask = async () => {
    const turn = ++asked;
    const typed = (several ? input.value.split(PARTS).pop() : input.value).trim();
    if (!typed) return close();
    const address = new URL(box.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" } });
      if (turn !== asked || !answer.ok || answer.redirected) return;
      const offered = await answer.text();
      if (turn !== asked) return;
      list.innerHTML = offered;
    } catch {
      return; // Offline: the field still takes what is typed.
    }
    active = -1;
    input.removeAttribute("aria-activedescendant");
    options().forEach((option, at) => {
      option.id = `${list.id}-${at}`; // Two comboboxes of a page may ask the same address.
      option.setAttribute("aria-selected", "false");
    });
    list.hidden = options().length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const [one, other] = options();
    if (first && one && one.dataset.label !== other?.dataset.label) mark(0);
  };
  const typedSomething = () => {
    if (chosen) chosen.value = "";
    if (first) unmark();
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  };
  input.addEventListener("input", (event) => {
    if (!event.isComposing) typedSomething();
  });
  input.addEventListener("compositionend", typedSomething);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      ask();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(options()[active]);
    } else if (event.key === "Tab" && active >= 0) {
      take(options()[active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
};
document.querySelectorAll("[data-suggest]").forEach(combobox);

// Committees that an address suggests: pressing one writes it into the field, as choosing it from
// the field's own list would. Nothing is filled in by itself.
const unpress = (name) => {
  for (const offer of document.querySelectorAll(`[data-offers="${name}"] .offer`)) {
    offer.setAttribute("aria-pressed", "false");
  }
};
document.addEventListener("click", ({ target }) => {
  const offer = target.closest("[data-offers] .offer");
  if (!offer) return;
  const { offers } = offer.closest("[data-offers]").dataset;
  const input = document.getElementById(offers);
  input.value = offer.dataset.label;
  input.closest(".suggest").querySelector("input[type=hidden]").value = offer.dataset.value;
  unpress(offers);
  offer.setAttribute("aria-pressed", "true");
});
document.addEventListener("input", ({ target }) => unpress(target.id));
document.addEventListener("linli:chosen", ({ target }) => unpress(target.id));
