// The steps of the customer's page.

const SECTIONS = ['file', 'wait', 'caller', 'warned', 'code', 'consent', 'sharing', 'over'];

export const $ = (id) => document.getElementById(id);

// go shows one step.
export function go(section) {
  for (const s of SECTIONS) $(s).hidden = s !== section;
  $('trouble').hidden = true;
  $(section).querySelector('input, button')?.focus();
}

// pressed waits for one of some buttons and gives its id or class.
export function pressed(section, names, signal) {
  go(section);
  return new Promise((done, failed) => {
    signal.addEventListener('abort', () => failed(new Error('over')), { once: true });
    for (const name of names) {
      const button = $(name) ?? $(section).querySelector(`.${name}`);
      button.onclick = () => done(name);
    }
  });
}
