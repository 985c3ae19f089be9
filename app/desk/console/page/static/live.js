// What a page does besides: nothing here is needed, and nothing here moves what somebody types.

const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

document.body.classList.add('scripting');

// refresh takes the parts that may change from the page as it is now.
// Many people have lists open and much happens at once: one look every two seconds is enough.
let busy = false;
let again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  again = false;
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' }, redirect: 'error' });
    if (!answer.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of $$('[data-live]')) {
      const fresh = now.getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML || part.contains(document.activeElement) || touched(part)) continue;
      part.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // the desk is away; the next event comes with its return
  } finally {
    setTimeout(() => { busy = false; if (again) refresh(); }, 2000);
  }
}

// touched says whether somebody has typed, ticked or opened something in a part.
function touched(part) {
  return $$('input:not([type=hidden]), select, textarea', part).some((f) => (f.type === 'checkbox' || f.type === 'radio' ? f.checked !== f.defaultChecked
    : f instanceof HTMLSelectElement ? [...f.options].some((o) => o.selected !== o.defaultSelected && o.defaultSelected) : f.value !== f.defaultValue));
}

const source = $('[data-events]');
if (source) {
  // A page that nobody sees does not listen: browsers have few connections to a desk without TLS.
  let events = null;
  const listen = () => {
    events?.close();
    events = null;
    if (document.hidden) return;
    events = new EventSource(source.dataset.events);
    for (const kind of ['ticket', 'entry', 'bundle', 'session', 'ended', 'reveal', 'lost', 'ticket.filed', 'ticket.changed', 'ticket.closed', 'ticket.reopened', 'entry.added']) {
      events.addEventListener(kind, refresh);
    }
  };
  listen();
  document.addEventListener('visibilitychange', () => { listen(); if (!document.hidden) refresh(); });
  addEventListener('pagehide', () => events?.close());
}

// What is typed is kept in this browser's tab until it was sent.
for (const form of $$('form[data-draft]')) {
  const key = `beistand:${form.dataset.draft}`;
  const fields = $$('input:not([type=hidden], [type=password], [type=file], [type=radio], [type=checkbox]), textarea', form).filter((f) => f.name);
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    for (const f of fields) if (!f.value && typeof kept[f.name] === 'string') f.value = kept[f.name];
  } catch {
    sessionStorage.removeItem(key);
  }
  form.addEventListener('input', () => sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((f) => [f.name, f.value])))));
  form.addEventListener('submit', () => sessionStorage.removeItem(key));
}

// Nothing is sent twice by a double click.
document.addEventListener('submit', (e) => {
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  e.target.dataset.sent = '1';
  setTimeout(() => { delete e.target.dataset.sent; }, 5000);
});

// All the ticks of a list at once.
const heads = $$('th.tick');
for (const head of heads) {
  const all = document.createElement('input');
  all.type = 'checkbox';
  all.setAttribute('aria-label', head.textContent.trim());
  all.addEventListener('change', () => { for (const box of $$('td.tick input', head.closest('table'))) box.checked = all.checked; });
  head.replaceChildren(all);
}

// On a phone each row of a table stands for itself: its cells say what they are.
for (const table of $$('table.plain:not(.figures)')) {
  const names = $$('thead th', table).map((th) => (th.querySelector('.unseen') ? '' : th.textContent.trim()));
  for (const row of $$('tbody tr', table)) for (const [i, cell] of [...row.cells].entries()) cell.dataset.label = names[i] ?? '';
  for (const [selector, role] of [['thead, tbody', 'rowgroup'], ['tr', 'row'], ['th', 'columnheader'], ['td', 'cell']]) for (const e of $$(selector, table)) e.setAttribute('role', role);
  table.setAttribute('role', 'table'); // which it stays for a screen reader when it looks like none
  table.classList.add('labelled');
}

// Known solutions while somebody types.
const filing = $('#filing');
if (filing) {
  let timer = 0;
  let asked = '';
  filing.addEventListener('input', (e) => {
    if (!['title', 'description', 'product'].includes(e.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, 400);
  });
  const look = async () => {
    const form = new URLSearchParams(new FormData(filing));
    const words = `${form.get('title')} ${form.get('description')}`.trim();
    if (words.length < 8 || words === asked) return;
    asked = words;
    form.set('typing', '1');
    try {
      const answer = await fetch(filing.dataset.known, { method: 'POST', body: form });
      if (!answer.ok || asked !== words) return;
      const found = new DOMParser().parseFromString(await answer.text(), 'text/html');
      $('#known').replaceChildren(...found.body.childNodes);
    } catch {
      asked = '';
    }
  };
}

// Questions of one product alone.
const product = $('[name=product]', filing ?? document);
if (filing && product) {
  const fit = () => { for (const set of $$('[data-product]', filing)) set.hidden = set.disabled = set.dataset.product !== product.value; };
  product.addEventListener('change', fit);
  fit();
}

if ($('.sending')) import('./sending.js').then((m) => m.ready());
if ($('[data-passkey]')) import('./passkey.js').then((m) => m.ready());
