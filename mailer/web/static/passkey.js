// Makes and uses passkeys: the form of each is sent once the device has answered.
// Where the browser knows no passkeys the forms stay hidden, and the password remains.
"use strict";

/** Asks the device for what the form wants, and returns the answer as text. */
async function asked(form) {
  const options = JSON.parse(form.dataset.options);
  if (form.dataset.passkey === "create") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return JSON.stringify(await navigator.credentials.create({ publicKey }));
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return JSON.stringify(await navigator.credentials.get({ publicKey }));
}

/** Sends the form with the answer; says so when there is none. */
async function answered(event) {
  const form = event.currentTarget;
  const field = form.elements.namedItem("credential");
  if (field.value) return;
  event.preventDefault();
  try {
    field.value = await asked(form);
    form.requestSubmit();
  } catch {
    form.querySelector("[data-failed]").hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", answered);
}
