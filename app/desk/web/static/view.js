// The supporter's pages: sign in, find a ticket, ask for a session, type the code, look.

import { Desk } from './api.js';
import { read } from './invite.js';
import { ending } from './said.js';
import { t, translate } from './texts.js';
import { watch } from './watch.js';

const SECTIONS = ['signin', 'tickets', 'ticket', 'code', 'session', 'over'];
const SPACES = /[\s\u00a0\u202f\u2010-\u2014\u2212.·-]/g; // what people type between digits

const $ = (id) => document.getElementById(id);
const desk = new Desk();
let ticket = null;

// go shows one section.
function go(section) {
  for (const s of SECTIONS) $(s).hidden = s !== section;
  $('trouble').hidden = true;
  document.title = section === 'session' || !ticket ? 'Beistand' : `${ticket.number} · Beistand`;
  $(section).querySelector('input:not([type=checkbox]), button.main')?.focus();
}

// attempt does something and says what went wrong.
async function attempt(what) {
  $('trouble').hidden = true;
  const buttons = document.querySelectorAll('section:not([hidden]) button');
  for (const b of buttons) b.disabled = true;
  try {
    await what();
  } catch (e) {
    if (e.kind === 'unauthorized' && desk.token) {
      leave();
      trouble(t('Somebody signed in elsewhere, or the time is over. Please sign in again.'));
    } else {
      trouble(reason(e));
      document.querySelector('section:not([hidden]) input:not([type=checkbox])')?.select();
    }
  } finally {
    for (const b of buttons) b.disabled = false;
  }
}

function reason(e) {
  switch (e.kind) {
    case 'unreachable': return t('The desk does not answer. Check your network connection, then try again.');
    case 'unauthorized': return t('Name or password is wrong.');
    case 'gone': return t('The way from the desk to this page holds for one minute, and once. Sign in here, or go back to the ticket and choose “Look at the screen” again.');
    case 'too_many': return t('The desk has been asked too often in a short time.');
  }
  return e.message;
}

function trouble(text) {
  $('trouble').textContent = text;
  $('trouble').hidden = false;
}

function leave() {
  desk.token = '';
  ticket = null;
  $('who').textContent = '';
  $('signout').hidden = true;
  go('signin');
}

function submit(section, what) {
  $(section).querySelector('form').addEventListener('submit', (e) => {
    e.preventDefault();
    attempt(what);
  });
}

submit('signin', async () => {
  const signed = await desk.signIn($('user').value, $('password').value);
  $('password').value = '';
  if (!signed.token) throw new Error(t('Your account asks for more than a password here. Sign in at the desk, open the ticket there and choose “Look at the screen”.'));
  await entered(signed);
});

// entered goes on after a sign-in, to the ticket that the address names.
async function entered(signed) {
  $('who').textContent = [signed.name, signed.organisation].filter(Boolean).join(' · ');
  $('signout').hidden = false;
  const wanted = /^#ticket=(\d+)$/.exec(location.hash);
  await (wanted ? open(Number(wanted[1])) : list());
}

submit('tickets', list);

async function list() {
  const { tickets } = await desk.tickets($('search').value);
  ticket = null;
  go('tickets');
  const items = tickets.map((one) => {
    const li = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.append(line('number', one.number), line('title', one.title), line('muted', [one.name, one.product].filter(Boolean).join(' · ')));
    button.addEventListener('click', () => attempt(() => open(one.number)));
    li.append(button);
    return li;
  });
  if (items.length === 0) {
    const li = document.createElement('li');
    li.textContent = t($('search').value ? 'No ticket has these words.' : 'There are no tickets yet. New ones appear here when you refresh.');
    items.push(li);
  }
  $('list').replaceChildren(...items);
}

function line(kind, text) {
  const span = document.createElement('span');
  span.className = kind;
  span.textContent = text;
  return span;
}

async function open(number) {
  ticket = await desk.ticket(number);
  $('ticket-number').textContent = t('Ticket {Number}', { Number: number });
  $('ticket-title').textContent = ticket.title;
  $('ticket-who').textContent = [ticket.name, ticket.contact, ticket.product].filter(Boolean).join(' · ');
  $('ticket-desk').href = `/desk/tickets/${number}`;
  $('ticket-text').textContent = ticket.description;
  go('ticket');
}

let asked = null; // {invitation, about}

submit('ticket', async () => {
  const form = $('ticket').querySelector('form');
  const rights = ['see', 'point', 'control'].filter((r) => form.elements[r].checked);
  const told = await desk.ask(ticket.number, rights);
  const invitation = { ...await read(told).catch(() => { throw new Error(t('The desk\'s invitation to this session is not signed as it must be, so nothing was begun.')); }), expires: Date.parse(told.expires) };
  if (invitation.ticket !== ticket.number) throw new Error(t('The desk\'s invitation to this session is not signed as it must be, so nothing was begun.'));
  asked = { invitation, about: { name: ticket.name, number: ticket.number } };
  $('digits').value = '';
  $('first').textContent = `${invitation.first}-`;
  $('code-hint').textContent = t('The code begins with {First}; type what comes behind it.', { First: invitation.first });
  go('code');
});

submit('code', async () => {
  const { invitation, about } = asked;
  const typed = $('digits').value.replace(SPACES, '');
  const code = typed.length === 6 ? invitation.first + typed : typed;
  if (!/^[0-9]{9}$/.test(code)) throw new Error(t('A session code has nine digits, like 123-456789.'));
  if (!code.startsWith(invitation.first)) throw new Error(t('This code belongs to another request.'));
  const words = await wordList();
  go('session');
  const { outcome, seen, lines } = await watch(desk, invitation, code, words, about);
  const [what, todo] = ending(outcome, seen);
  $('over-what').textContent = what;
  $('over-todo').textContent = todo;
  $('over-todo').hidden = todo === '';
  $('save').hidden = lines.length === 0;
  $('save').onclick = () => save(lines, invitation.ticket);
  go('over');
});

async function wordList() {
  const answer = await fetch(new URL('words.txt', import.meta.url));
  return (await answer.text()).split('\n');
}

// save gives the person the copy of the record that this browser has checked and signed.
function save(lines, number) {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(new Blob(lines.flatMap((l) => [l, '\n']), { type: 'application/x-ndjson' }));
  a.download = `ticket-${number}-${new Date().toISOString().replace(/[:.]/g, '-')}.jsonl`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}

$('ticket').querySelector('.back').addEventListener('click', () => attempt(list));
$('code').querySelector('.back').addEventListener('click', () => attempt(async () => {
  await desk.mark(asked.invitation.id, 'ended', 'supporter', 'ended by the supporter');
  await open(ticket.number);
}));
$('over').querySelector('.back').addEventListener('click', () => attempt(() => open(ticket.number)));
$('again').addEventListener('click', () => attempt(() => open(ticket.number)));
$('signout').addEventListener('click', () => attempt(async () => {
  await desk.signOut().catch(() => {});
  leave();
}));

translate();
const lacking = ['RTCPeerConnection', 'DecompressionStream', 'WebSocket'].filter((name) => !(name in window));
if (!window.isSecureContext || !crypto.subtle) lacking.push('HTTPS');
else await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']).catch(() => lacking.push('Ed25519'));
if (lacking.length > 0) trouble(t('The code in this browser cannot do what is needed: {Why}.', { Why: lacking.join(', ') }));
else {
  go('signin');
  // The desk's pages lead here with a pass in the part of the address that no server sees. It is good once.
  const passed = /^#ticket=(\d+)&pass=([\w-]+)$/.exec(location.hash);
  if (passed) {
    history.replaceState(null, '', `#ticket=${passed[1]}`);
    await attempt(async () => entered(await desk.openScreen(Number(passed[1]), passed[2])));
  }
}
