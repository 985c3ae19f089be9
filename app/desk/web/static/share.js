// The customer's page: file a ticket, be asked, read out the code, choose what
// to show, stop.

import { Desk } from './api.js';
import { follow } from './events.js';
import { read } from './invite.js';
import { $, go, pressed } from './pages.js';
import { ending } from './said.js';
import { Sharing } from './sharing.js';
import { language, t, translate } from './texts.js';

const CALLER_PAUSE = 10_000; // ms that who was called has to think

const desk = new Desk();
let ticket = null; // {number}
let asking = null; // what is under way, an AbortController

function trouble(text) {
  $('trouble').textContent = text;
  $('trouble').hidden = false;
}

$('file').querySelector('form').addEventListener('submit', async (e) => {
  e.preventDefault();
  const button = $('file').querySelector('button');
  button.disabled = true;
  try {
    const filed = await desk.call('POST', '/tickets', {
      id: crypto.randomUUID(), title: $('what').value.trim(), description: '', product: '', priority: 'normal', name: $('name').value.trim(), contact: '', language,
    });
    begin(filed.ticket.number, filed.token);
  } catch (err) {
    trouble(err.kind === 'unreachable' ? t('The desk does not answer. Check your network connection, then try again.') : err.message);
  }
  button.disabled = false;
});

// begin waits for somebody to ask. The token stays in this tab.
function begin(number, token) {
  desk.token = token;
  ticket = { number };
  sessionStorage.setItem('ticket', JSON.stringify({ number, token }));
  $('number').textContent = number;
  go('wait');
  follow(desk, number, heard, new AbortController().signal).catch(() => {
    sessionStorage.removeItem('ticket');
    location.reload();
  });
}

const over = new Set(); // sessions that are done with here

function heard(event) {
  const open = event.kind === 'hello' ? event.sessions ?? [] : event.session ? [event.session] : [];
  for (const told of open) {
    if (event.kind === 'ended') {
      if (asking?.id === told.id) asking.abort();
    } else if (!told.ended && !asking && !over.has(told.id)) ask(told);
  }
}

// ask takes one session from being asked to its end.
async function ask(told) {
  asking = new AbortController();
  asking.id = told.id;
  over.add(told.id);
  const { signal } = asking;
  let host = null;
  try {
    const invitation = { ...await read(told), expires: Date.parse(told.expires) };
    if (invitation.ticket !== ticket.number) throw new Error('another ticket');
    if (!invitation.rights.includes('see')) throw new Error('nothing of it can be given here');
    name(invitation);
    if (!await mayAsk(signal)) {
      await desk.mark(told.id, 'refused');
      finish({ problem: 'refused', by: 'customer' }, [], invitation);
      return;
    }
    host = new Sharing(desk, invitation, signal);
    const outcome = await host.run();
    finish(outcome, host.lines, invitation, host.since);
  } catch (e) {
    console.warn(e);
    if (!host) await desk.mark(told.id, 'ended', 'customer', 'the customer\'s browser could not begin').catch(() => {});
    go('wait');
  } finally {
    asking = null;
  }
}

// name says who asks.
function name(i) {
  const values = { Name: i.supporter, Organisation: i.organisation, Number: i.ticket, Role: t('Supporter') };
  for (const e of document.querySelectorAll('.asks')) e.textContent = t('{Name} would like to help you', values);
  for (const e of document.querySelectorAll('.who')) {
    e.textContent = t(i.organisation ? '{Role} from {Organisation}, for your ticket {Number}' : '{Role}, for your ticket {Number}', values);
  }
  for (const e of document.querySelectorAll('.both')) e.textContent = t('Both of you see the same two words. If {Name} reads out others, somebody sits in between: then stop everything.', values);
  $('consent-title').textContent = t('May {Name} see your screen now?', values);
  $('others').hidden = i.rights.length === 1;
}

// mayAsk is the first question: who called whom.
async function mayAsk(signal) {
  const first = await pressed('caller', ['called', 'was-called', 'refuse'], signal);
  if (first !== 'was-called') return first === 'called';
  $('nevertheless').disabled = true;
  const timer = setTimeout(() => { $('nevertheless').disabled = false; }, CALLER_PAUSE);
  try {
    return await pressed('warned', ['nevertheless', 'refuse'], signal) === 'nevertheless';
  } finally {
    clearTimeout(timer);
  }
}

function finish(outcome, lines, invitation, since) {
  const name = invitation.supporter;
  let what;
  let todo = t('If you still need help, stay on the phone: they can ask again.');
  if (outcome.problem === 'refused') what = t('You refused. Nothing was shown.');
  else if (outcome.problem === 'wrongCode') what = t('A wrong code was typed, so nothing was shown.');
  else if (outcome.problem === 'expired') what = t('The code was not used in time. Nothing was shown.');
  else if (outcome.problem === 'noScreen') what = t('The supporter\'s program does not take a picture from a browser.');
  else if (outcome.problem) [what, todo] = ending(outcome, null);
  else if (!since) what = t('Nothing was shown.');
  else if (outcome.by === 'customer') what = t('You stopped. Nobody sees your screen any more.');
  else what = t('{Name} stopped. Nobody sees your screen any more.', { Name: name });
  $('over-what').textContent = what;
  $('over-todo').textContent = todo;
  $('save').hidden = lines.length < 2;
  $('save').onclick = () => {
    const a = document.createElement('a');
    a.href = URL.createObjectURL(new Blob(lines.flatMap((l) => [l, '\n']), { type: 'application/x-ndjson' }));
    a.download = `ticket-${invitation.ticket}-${new Date().toISOString().replace(/[:.]/g, '-')}.jsonl`;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  };
  $('back').onclick = () => go('wait');
  go('over');
}

translate();
const link = /^#ticket=(\d+)&token=([\w-]{1,256})$/.exec(location.hash);
if (link) history.replaceState(null, '', location.pathname); // who looks over a shoulder sees no token
const kept = link ? { number: Number(link[1]), token: link[2] } : JSON.parse(sessionStorage.getItem('ticket') ?? 'null');
const able = window.isSecureContext && crypto.subtle && 'RTCPeerConnection' in window && navigator.mediaDevices?.getDisplayMedia;
if (!able || !await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']).then(() => true, () => false)) {
  trouble(t('This browser cannot show a screen. Take another one, or the installed program.'));
} else if (kept) begin(kept.number, kept.token);
else go('file');
