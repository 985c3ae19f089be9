// Passkeys: a browser gives them to a script alone (W3C Web Authentication, Level 3).

const $ = (selector) => document.querySelector(selector);

export function ready() {
  for (const button of document.querySelectorAll('[data-passkey]')) {
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) { button.hidden = true; continue; }
    button.addEventListener('click', async () => {
      $('#passkey-problem').hidden = true;
      button.disabled = true;
      try {
        await ways[button.dataset.passkey](button.form);
      } catch {
        $('#passkey-problem').hidden = false;
      } finally {
        button.disabled = false;
      }
    });
  }
}

const ways = {
  // The second step of a sign-in: what is asked came with the page.
  async second(form) {
    form.elements.credential.value = await get(JSON.parse(form.elements.challenge.value));
    form.submit();
  },
  // A sign-in with a passkey alone.
  async first(form) {
    const challenge = await ask('/desk/signin/passkey', form);
    form.elements.credential.value = await get(challenge.options);
    form.elements.state.value = challenge.state;
    form.submit();
  },
  // A new passkey for somebody who is signed in.
  async create(form) {
    const challenge = await ask('/desk/me/passkeys/begin', form);
    const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(challenge.options.publicKey) });
    form.elements.credential.value = JSON.stringify(made.toJSON());
    form.elements.state.value = challenge.state;
    form.submit();
  },
};

async function ask(path, form) {
  const answer = await fetch(path, { method: 'POST', body: new URLSearchParams({ token: form.elements.token.value }) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function get(options) {
  const given = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
  return JSON.stringify(given.toJSON());
}
