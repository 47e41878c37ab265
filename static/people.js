// Participants entered one after the other: what is typed is sent at Enter, and the box is free for
// the next at once. Everything works without it, a page for each.
"use strict";

let line = Promise.resolve();

const swap = (id, part) => {
  const fresh = part.getElementById(id);
  if (fresh) document.getElementById(id).replaceWith(fresh);
};

// Only what the server knows of each row, so that what is being typed elsewhere stays.
const settle = (part) => {
  for (const was of part.querySelectorAll("input[name^=was-]")) {
    const here = document.querySelector(`input[name="${was.name}"]`);
    if (here) here.value = was.value;
  }
  for (const field of part.querySelectorAll("select[name^=state-], input[name^=reason-]")) {
    const here = document.querySelector(`[name="${field.name}"]`);
    if (here && here !== document.activeElement) here.value = field.value;
  }
  document.querySelector("#people > p").replaceWith(part.querySelector("#people > p"));
};

const send = (form, data, { keeps = false, failed } = {}) => {
  line = line.then(async () => {
    try {
      const body = new URLSearchParams(data);
      const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (answer.redirected || !(answer.ok || answer.status === 422)) throw new Error(answer.statusText);
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      swap("said", part.content);
      const questions = document.getElementById("questions");
      questions.append(...part.content.querySelectorAll("[data-question]"));
      if (form.matches("[data-question]")) form.remove();
      if (keeps && answer.ok) settle(part.content);
      else swap("people", part.content);
    } catch {
      failed?.();
    }
  });
};

const entry = document.querySelector("[data-entry]");
const box = entry?.querySelector("[role=combobox]");

const say = (text) => {
  const said = document.createElement("p");
  said.className = "notice notice-warning";
  said.textContent = text;
  document.getElementById("said").replaceChildren(said);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-entry], [data-question], [data-amounts], [data-back]")) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  if (form !== entry) {
    send(form, data, { failed: () => say(entry.dataset.failed) });
    box.focus();
    return;
  }
  const typed = box.value;
  if (!typed.trim()) return;
  form.reset();
  form.querySelector("input[type=hidden]").value = "";
  box.dispatchEvent(new Event("blur"));
  send(form, data, {
    failed: () => {
      say(`${entry.dataset.failed} ${typed}`);
      if (!box.value) box.value = typed;
    },
  });
}, true);

// A suggestion that is taken is entered at once.
box?.addEventListener("linli:chosen", () => entry.requestSubmit());

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-dismiss]")) return;
  target.closest("[data-question]").remove();
  box?.focus();
});

// Times and hours, and who was there, are saved when one leaves the field.
document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-amounts]");
  if (form) send(form, new FormData(form), { keeps: true, failed: () => say(entry.dataset.failed) });
});
