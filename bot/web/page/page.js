// What the page does beyond links and forms: answers come as they are written, and
// articles open beside them. Everything works without it, too.
"use strict";

const trusted = window.trustedTypes?.createPolicy("parley", { createHTML: (text) => text });

// parts makes nodes of what this server's templates have written.
function parts(text) {
  const t = document.createElement("template");
  t.innerHTML = trusted ? trusted.createHTML(text) : text;
  return t.content;
}

const status = document.getElementById("status");
const reader = document.getElementById("reader");
const pages = document.getElementById("pages");

function say(text) {
  status.textContent = text;
}

// events yields the events of a response as they arrive.
async function* events(response) {
  const read = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await read.read();
    if (done) return;
    rest += value;
    for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) {
      const lines = rest.slice(0, end).split("\n");
      const of = (name) => lines.filter((l) => l.startsWith(name + ": ")).map((l) => l.slice(name.length + 2));
      if (of("event").length) yield { name: of("event")[0], data: of("data").join("\n") };
    }
  }
}

// post sends a form and shows what comes in place, from draft to reply.
async function post(action, body, place) {
  place.setAttribute("aria-busy", "true"); // drafts are not read out
  place.replaceChildren(parts('<p class="working">Looking …</p>'));
  say("Looking for an answer.");
  let offers = null;
  try {
    const response = await fetch(action, { method: "POST", body, headers: { Accept: "text/event-stream" }, credentials: "same-origin" });
    if (response.redirected || !response.headers.get("Content-Type").startsWith("text/event-stream")) {
      const main = parts(await response.text()).querySelector("main");
      if (main) place.replaceChildren(...main.childNodes);
      else throw new Error("no page");
      say("");
      return;
    }
    for await (const e of events(response)) {
      if (e.name === "more") {
        offers = place.querySelector(".offers");
        offers?.replaceChildren(parts(e.data));
        continue;
      }
      place.replaceChildren(parts(e.data));
      if (e.name === "reply") {
        place.removeAttribute("aria-busy");
        const n = place.querySelectorAll("aside li").length;
        say(n ? `Answered, with ${n} ${n === 1 ? "source" : "sources"}.` : "Answered.");
      }
    }
    if (place.hasAttribute("aria-busy")) throw new Error("ended before the answer");
  } catch (err) {
    console.warn(err);
    place.replaceChildren(parts('<p class="wrong">The answer did not arrive: the server may be restarting. Ask again in a moment.</p>'));
    say("The answer did not arrive.");
  } finally {
    place.removeAttribute("aria-busy");
  }
}

// turn adds a place for what comes next in the conversation.
function turn(after, question) {
  const place = document.createElement("div");
  if (question) {
    const h = document.createElement("h2");
    h.className = "question";
    h.textContent = question;
    after.append(h);
    after.append(place);
    h.scrollIntoView({ block: "start" });
  } else {
    after.append(place);
  }
  return place;
}

const talk = document.getElementById("talk") || document.querySelector(".talk");

document.addEventListener("submit", (event) => {
  const form = event.target;
  const path = form.getAttribute("action");
  if (!["/ask", "/press", "/do"].includes(path) || !talk) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const body = new URLSearchParams(data);
  if (path === "/ask") {
    const text = form.elements.text.value.trim();
    if (!text) return;
    document.getElementById("lead")?.remove();
    const place = turn(talk, text);
    form.elements.text.value = "";
    form.elements.text.focus();
    post(path, body, place);
    return;
  }
  const verb = event.submitter?.dataset.verb;
  if (verb === "pick") {
    post(path, body, turn(talk, event.submitter.textContent));
  } else if (form.classList.contains("entry")) {
    const asks = body.get("action").split(".")[1] === "ask";
    if (asks) post(path, body, turn(talk, body.get("text")));
    else post(path, body, replaced(form));
  } else if (verb === "page" || verb === "src") {
    post(path, body, replaced(form.closest(".reply") || form.closest(".actions").parentElement));
  } else {
    const place = turn(form.closest(".reply") || talk, "");
    form.closest(".actions")?.querySelectorAll('[data-verb="good"],[data-verb="bad"]').forEach((b) => {
      if (b.dataset.verb === verb) b.disabled = true;
    });
    post(path, body, place).then(() => place.querySelector("textarea")?.focus());
  }
});

// replaced puts an empty place where something was.
function replaced(old) {
  const place = document.createElement("div");
  old.replaceWith(place);
  return place;
}

// Enter sends a question; with Shift it begins a line.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button"));
  }
});

// An article opens beside the answer, its sentence in sight.
async function open(link) {
  const response = await fetch(link.href, { headers: { "X-Part": "1" }, credentials: "same-origin" });
  if (response.redirected) {
    location.assign(link.href);
    return;
  }
  pages.replaceChildren(parts(await response.text()));
  document.querySelectorAll(".mark.here").forEach((m) => m.classList.remove("here"));
  link.classList.add("here");
  reader.showModal();
  const lit = document.getElementById("lit");
  if (lit) {
    lit.scrollIntoView({ block: "center", behavior: "instant" });
    lit.focus({ preventScroll: true });
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (link.pathname === "/article" && link.host === location.host && link.closest(".talk") && reader?.showModal) {
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  }
});
