// What scripts add where campaigns are written: buttons, counters, unsaved versions that are kept,
// the mail beside the text, and text that is pasted from a word processor. Nothing here is needed.
"use strict";

const PREVIEW_MS = 150;
const KEEP_MS = 2000;
const AGAIN_MS = 5000;

const editor = document.querySelector("[data-editor]");
const body = document.getElementById("body");
const said = document.getElementById("kept");
const form = body?.form ?? editor?.querySelector("form#ecrire");

/** Calls `act` after a pause of `ms`. */
function afterPause(act, ms) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
}

/** Runs `act` again and again, one call at a time; calls meanwhile become one. */
function oneAtATime(act) {
  let running = false, again = false;
  return async function run() {
    if (running) { again = true; return; }
    running = true;
    do { again = false; await act(); } while (again);
    running = false;
  };
}

/** Puts text in the place of the selection, so that the browser can undo it. */
function insert(text, from = body.selectionStart, to = body.selectionEnd) {
  body.focus();
  body.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) body.setRangeText(text, from, to, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts marks around the selection. */
function around(before, after = before) {
  const from = body.selectionStart, to = body.selectionEnd;
  insert(before + body.value.slice(from, to) + after, from, to);
  if (from === to) body.setSelectionRange(from + before.length, from + before.length);
}

/** Puts a mark in front of each selected line. */
function inFront(mark) {
  const from = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
  const end = body.value.indexOf("\n", body.selectionEnd);
  const to = end < 0 ? body.value.length : end;
  const lines = body.value.slice(from, to).split("\n");
  insert(lines.map((line, number) => mark(number) + line).join("\n"), from, to);
}

const TOOLS = {
  bold: () => around("**"),
  italic: () => around("*"),
  heading: () => inFront(() => "## "),
  list: () => inFront(() => "- "),
  numbers: () => inFront((number) => `${number + 1}. `),
  quote: () => inFront(() => "> "),
  link: () => around("[", "](https://)"),
  // By a button: with the arrow keys a closed list changes at each press.
  fact: (bar) => putChosen(bar, "fact", insert),
  block: (bar) => putChosen(bar, "block", insertBlock),
};

/** Puts what is chosen in the menu of this name into the text. */
function putChosen(bar, name, put) {
  const menu = bar.querySelector(`select[data-tool="${name}"]`);
  if (menu.value) put(menu.value);
  menu.selectedIndex = 0;
}

function useTools() {
  const bar = editor.querySelector(".toolbar");
  if (!bar) return;
  bar.hidden = false;
  for (const tool of bar.querySelectorAll("button[data-tool]"))
    tool.addEventListener("click", () => TOOLS[tool.dataset.tool](bar));
}

/** Puts a block on lines of its own, with an empty line above and below it. */
function insertBlock(text) {
  const at = body.selectionEnd;
  const end = body.value.indexOf("\n", at);
  const from = end < 0 ? body.value.length : end;
  const above = body.value.slice(0, from).replace(/\n+$/, "");
  const below = body.value.slice(from).replace(/^\n+/, "");
  const until = body.value.length - below.length;
  insert((above ? "\n\n" : "") + text + (below ? "\n" : ""), above.length, until);
}

/** The words of another program in a sentence: U+E0F0, their language, U+E0F1, the words, U+E0F2. */
const QUOTED = /\ue0f0([a-z]*)\ue0f1([^\ue0f2]*)\ue0f2/;

/** Returns the pieces of a sentence, what is quoted as an element in its own language. */
function inLanguages(sentence) {
  const pieces = sentence.split(QUOTED);
  return pieces.map((piece, at) => {
    if (at % 3 === 0) return piece;
    if (at % 3 === 1) return "";
    const quoted = document.createElement("bdi");
    quoted.lang = pieces[at - 1];
    quoted.textContent = piece;
    return quoted;
  });
}

/** Shows what is said about lines: in a list below the text, and as signs beside them. */
function showNotes(notes) {
  const list = document.getElementById("notes");
  list.replaceChildren(...notes.map((note) => {
    const entry = document.createElement("li");
    entry.className = note.severity;
    const go = document.createElement("button");
    go.type = "button";
    go.className = "plain at";
    go.textContent = list.dataset.label.replace("{line}", note.line);
    go.addEventListener("click", () => goToLine(note.line));
    entry.append(go, " ", ...inLanguages(note.words));
    return entry;
  }));
  drawSigns(notes);
}

/** Selects a line of the text, counted from 1. */
function goToLine(line) {
  const lines = body.value.split("\n");
  const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  body.focus();
  body.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
  body.scrollTop = topOf([line])[0] - body.clientHeight / 3;
}

/** Leads to the line of the file that the address names: `#ligne-12`. */
function goToNamedLine() {
  const line = Number(location.hash.match(/^#ligne-(\d+)$/)?.[1]) - Number(body?.dataset.above);
  if (line > 0) goToLine(line);
}

/** Returns how far from the top of the text each of the lines begins, however lines are wrapped. */
function topOf(lines) {
  const mirror = document.createElement("div");
  const style = getComputedStyle(body);
  for (const name of ["font", "lineHeight", "padding", "letterSpacing", "boxSizing"])
    mirror.style[name] = style[name];
  Object.assign(mirror.style, {
    position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap",
    overflowWrap: "break-word", width: `${body.clientWidth}px`,
  });
  mirror.append(...body.value.split("\n").map((line) => {
    const row = document.createElement("div");
    row.textContent = line || "\u200b";
    return row;
  }));
  body.parentElement.append(mirror);
  const tops = lines.map((line) => mirror.children[line - 1]?.offsetTop ?? 0);
  mirror.remove();
  return tops;
}

function drawSigns(notes) {
  const gutter = body.parentElement.querySelector(".gutter > div");
  const tops = topOf(notes.map((note) => note.line));
  gutter.replaceChildren(...notes.map((note, number) => {
    const sign = document.createElement("span");
    sign.className = note.severity;
    sign.title = inLanguages(note.words).map((it) => it.textContent ?? it).join("");
    sign.style.top = `${tops[number]}px`;
    sign.textContent = note.severity === "note" ? "i" : "!";
    return sign;
  }));
  gutter.style.transform = `translateY(${-body.scrollTop}px)`;
}

/** What the checks said of the saved text: each note with the line that it is about. */
let savedNotes = [];

/** Returns those notes whose line still stands somewhere in the text, with its number now. */
function stillThere() {
  const lines = body.value.split("\n");
  return savedNotes.flatMap((note) => {
    if (lines[note.line - 1] === note.text) return [note];
    const line = lines.indexOf(note.text) + 1;
    return line ? [{ ...note, line }] : [];
  });
}

/** Takes the notes that the page came with, and keeps the signs beside their lines. */
function useNotes() {
  const list = document.getElementById("notes");
  if (!list) return;
  const lines = body.value.split("\n");
  savedNotes = [...list.children].map((entry) => ({
    line: Number(entry.dataset.line),
    severity: entry.className,
    words: entry.lastChild.textContent.trim(),
    text: lines[Number(entry.dataset.line) - 1] ?? "",
  }));
  showNotes(savedNotes);
  body.addEventListener("scroll", () => {
    const gutter = body.parentElement.querySelector(".gutter > div");
    gutter.style.transform = `translateY(${-body.scrollTop}px)`;
  });
}

/** Counts the characters of `text`, what stands in a field. Nobody reads `{{ event.date }}`: how
    long a text with a fact is, the mail beside it tells. */
function countIn(field, text) {
  const count = field.parentElement.querySelector(".count");
  count.hidden = text.includes("{{");
  count.textContent = count.textContent.replace(/\d+/, [...text].length);
  count.classList.toggle("over", [...text].length > Number(field.dataset.count));
}

function useCounters() {
  for (const field of document.querySelectorAll("[data-count]")) {
    field.addEventListener("input", () => countIn(field, field.value));
    countIn(field, field.value);
  }
}

/** Sends what is typed, as the form would. */
function send(address) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams([...new FormData(form)].filter(([, value]) => !(value instanceof File))),
    headers: { accept: "application/json" },
    redirect: "manual",
  });
}

/** Keeps what is typed; returns whether the server could be reached. */
async function keep() {
  const answer = await send(editor.dataset.keep).catch(() => null);
  if (!answer) said.textContent = editor.dataset.offline;
  else if (answer.status === 401) said.textContent = editor.dataset.signedOut;
  else if (!answer.ok) said.textContent = editor.dataset.refused;
  else {
    const at = new Date((await answer.json()).at);
    const hour = at.toLocaleTimeString(document.documentElement.lang);
    said.textContent = editor.dataset.kept.replace("{at}", hour);
  }
  return Boolean(answer);
}

/** Leaves the page only for a server that answers: going back to it would find an empty form. */
async function saveIfReached(event) {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (await keep()) form.submit();
}

/** Shows the mail in a new frame, which takes the place of the old one when it is there. */
function showFrame(address) {
  const place = document.getElementById("cadre");
  for (const coming of place.querySelectorAll(".coming")) coming.remove();
  const old = place.querySelector("iframe");
  const fresh = old.cloneNode();
  fresh.removeAttribute("name");
  fresh.classList.add("coming");
  fresh.addEventListener("load", () => {
    fresh.classList.remove("coming");
    fresh.name = "apercu";
    old.remove();
    place.classList.remove("stale");
  }, { once: true });
  fresh.src = address;
  place.append(fresh);
}

async function preview() {
  const { subject } = form.elements, typed = subject.value;
  const answer = await send(editor.dataset.preview).catch(() => null);
  const found = answer?.ok ? await answer.json() : null;
  if (!found) return;
  const reason = document.getElementById("raison");
  reason.hidden = !found.problems;
  reason.replaceChildren(...inLanguages((found.problems ?? []).join(" ")));
  showNotes([...(found.notes ?? []), ...stillThere()]);
  document.getElementById("cadre").classList.toggle("stale", Boolean(found.problems));
  if (!found.frame) return;
  const line = document.getElementById("boite");
  line.hidden = false;
  if (typed && typed === subject.value) countIn(subject, found.subject);
  line.children[1].textContent = found.subject;
  line.children[2].textContent = found.snippet;
  showFrame(found.frame);
}

/** Asks the server for the Markdown of what is pasted from a word processor. */
async function paste(event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html || !editor.dataset.convert) return;
  event.preventDefault();
  const plain = event.clipboardData.getData("text/plain");
  const from = body.selectionStart, to = body.selectionEnd;
  const answer = await fetch(editor.dataset.convert, {
    method: "POST",
    body: new URLSearchParams({ html }),
    headers: { accept: "application/json" },
  }).catch(() => null);
  const found = answer?.ok ? await answer.json() : { markdown: plain, left_out: [] };
  insert(found.markdown, from, to);
  // In a place of its own, where it stays until the next paste: what is kept is said after 2 s.
  document.getElementById("left-out").textContent = found.left_out.length
    ? editor.dataset.leftOut.replace("{what}", found.left_out.join(", ")) : "";
}

/** Puts what is selected in the text into the field of the passage, when a comment is begun. */
function quoteSelection() {
  const quote = document.getElementById("quote");
  document.getElementById("commenter")?.addEventListener("toggle", () => {
    if (body && quote && !quote.value)
      quote.value = body.value.slice(body.selectionStart, body.selectionEnd);
  });
}

const LANGUAGE = document.documentElement.lang;
const LONG_DAY = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "full", timeZone: "UTC" });
const DISTANCE = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });

/** Says which day of the week a day is, and how far it is, in the place of what was saved. */
function sayDay(place, day) {
  const left = day && Math.round((day - new Date().setUTCHours(0, 0, 0, 0)) / 864e5);
  for (const saved of place.querySelectorAll("[data-saved]")) saved.hidden = true;
  place.querySelector("[data-day]").textContent =
    day ? `${LONG_DAY.format(day)} (${DISTANCE.format(left, "day")}).` : "";
}

/** Returns the day of `2026-03-30 12:00`, or of `J-5 09:30` for an event on `event`. Working days
    are counted by the server alone, which knows the holidays. */
function dayOf(rule, event) {
  const given = rule.match(/^\s*(\d{4}-\d\d-\d\d)\b/);
  const counted = rule.match(/^\s*[Jj]\s*(?:([-+‐‑‒–−])\s*(\d{1,3}))?(?:\s|0\s)+\d/);
  if (!given && !(counted && event)) return null;
  const day = new Date(`${given ? given[1] : event}T00:00Z`);
  const days = given ? 0 : Number(counted[2] ?? 0);
  day.setUTCDate(day.getUTCDate() + (counted?.[1] === "+" ? days : -days));
  return Number.isNaN(day.valueOf()) ? null : day;
}

/** Says the day of what is chosen or typed. */
function useMoments() {
  for (const moment of document.querySelectorAll("[data-moment]")) {
    const day = moment.querySelector("input[type=date]");
    day.addEventListener("input", () => sayDay(moment, day.valueAsDate));
  }
  for (const place of document.querySelectorAll("[data-rule]")) {
    const rule = place.querySelector("input");
    rule.addEventListener("input", () => sayDay(place, dayOf(rule.value, place.dataset.event)));
  }
}

useMoments();
quoteSelection();
if (editor && body && !body.readOnly) {
  useTools();
  useCounters();
  useNotes();
  goToNamedLine();
  body.addEventListener("paste", paste);
}
if (editor?.dataset.keep && form && !body?.readOnly) {
  const keepAgain = afterPause(() => keepTyped(), AGAIN_MS);
  const keepTyped = oneAtATime(async () => { if (!await keep()) keepAgain(); });
  const soonKeep = afterPause(keepTyped, KEEP_MS);
  form.addEventListener("input", soonKeep);
  form.addEventListener("submit", saveIfReached);
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    form.requestSubmit();
  });
}
if (editor?.dataset.preview && form) {
  form.addEventListener("input", afterPause(oneAtATime(preview), PREVIEW_MS));
  preview();
}
