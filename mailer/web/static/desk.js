// What scripts add to the desk: live counts on the page of a campaign under way, and the way back
// to a desk that starts again.
// Everything else works without them.
"use strict";

const EVERY_MS = 2000;
const policy = window.trustedTypes
  ? window.trustedTypes.createPolicy("desk", { createHTML: (html) => html })
  : { createHTML: (html) => html };

/** Returns the element that `html`, a fragment from this server, consists of. */
function parsed(html) {
  return new DOMParser().parseFromString(policy.createHTML(html), "text/html").body.firstElementChild;
}

/** Replaces counts and buttons until the campaign has ended. Focus stays where it was. */
async function follow(region) {
  let quarter = -1;
  let state = region.dataset.state;
  while (region.isConnected && !("ended" in region.dataset)) {
    await new Promise((resolve) => setTimeout(resolve, Number(region.dataset.every) || EVERY_MS));
    if (document.hidden) continue;
    const answer = await fetch(region.dataset.live).catch(() => null);
    if (!answer?.ok) continue;
    const fresh = parsed(await answer.text());
    if (!fresh) continue;
    const held = region.contains(document.activeElement) && document.activeElement;
    region = renewed(region, fresh);
    if (held && held !== document.activeElement)
      (document.getElementById(held.id) || region.querySelector("button, a"))?.focus();
    if (region.dataset.next) location.assign(region.dataset.next);
    quarter = announce(region, quarter);
    if (region.dataset.state && region.dataset.state !== state) say(region.dataset.state);
    state = region.dataset.state;
  }
}

/** Puts `fresh` in the place of `region`. Buttons that are the same stay the same: a click under way
 * stays a click. */
function renewed(region, fresh) {
  const [steer, next] = [region, fresh].map((each) => each.querySelector(".steer"));
  if (!steer || !next?.isEqualNode(steer)) {
    region.replaceWith(fresh);
    return fresh;
  }
  next.remove();
  while (steer.nextSibling) steer.nextSibling.remove();
  steer.after(...fresh.childNodes);
  for (const each of fresh.attributes) region.setAttribute(each.name, each.value);
  return region;
}

/** Says the state aloud at most at each quarter, so that a screen reader is not flooded. */
function announce(region, before) {
  const bars = [...region.querySelectorAll("progress")];
  const whole = bars.reduce((sum, bar) => sum + bar.max, 0);
  const left = bars.reduce((sum, bar) => sum + bar.value, 0);
  const quarter = whole ? Math.floor((4 * left) / whole) : 0;
  const said = document.getElementById("annonce")?.dataset.said;
  if (said && left && quarter !== before)
    say(said.replace("{left}", left).replace("{all}", whole));
  return quarter;
}

/** Says a sentence aloud in a screen reader. */
function say(sentence) {
  const place = document.getElementById("annonce");
  if (place) place.textContent = sentence;
}

for (const live of document.querySelectorAll("[data-live]")) follow(live);

/** Goes on to a page of a desk that is starting: as soon as it answers, and asks for no start. */
async function comeBack(address) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS / 2));
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && !(await answer.text()).includes('name="start_again"')) break;
  }
  location.assign(address);
}

for (const each of document.querySelectorAll("[data-comes-back]")) comeBack(each.dataset.comesBack);

// The answer to a form is not kept by the browser, which would show an error of its own to who
// comes back to a refused one, or reloads it: the same address, asked for anew, shows the page.
history.replaceState(history.state, "");

// What is too large is said before the form is sent: the desk reads none of it, so that what was
// typed beside it would be lost.
for (const input of document.querySelectorAll("[data-too-large]"))
  input.addEventListener("change", () => {
    const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
    input.setCustomValidity(size > 19_900_000 ? input.dataset.tooLarge : "");
    input.reportValidity();
  });
