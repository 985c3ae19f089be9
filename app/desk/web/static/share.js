// The customer's page: file a ticket, be asked, read out the code, choose what
// to show, stop.

import { Desk } from './api.js';
import { follow } from './events.js';
import { Host } from './host.js';
import { read } from './invite.js';
import { clock, ending } from './said.js';
import { language, t, translate } from './texts.js';

const SECTIONS = ['file', 'wait', 'caller', 'warned', 'code', 'consent', 'sharing', 'over'];
const CALLER_PAUSE = 10_000; // ms that who was called has to think
const SURFACES = { monitor: ['monitors', 'screen'], window: ['windows', 'window'], browser: ['windows', 'browser tab'] };

const $ = (id) => document.getElementById(id);
const desk = new Desk();
let ticket = null; // {number}
let asking = null; // what is under way, an AbortController

function go(section) {
  for (const s of SECTIONS) $(s).hidden = s !== section;
  $('trouble').hidden = true;
  $(section).querySelector('input, button')?.focus();
}

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

// pressed waits for one of some buttons and gives its id or class.
function pressed(section, names, signal) {
  go(section);
  return new Promise((done, failed) => {
    signal.addEventListener('abort', () => failed(new Error('over')), { once: true });
    for (const name of names) {
      const button = $(name) ?? $(section).querySelector(`.${name}`);
      button.onclick = () => done(name);
    }
  });
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
    host = new Session(invitation, signal);
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

// Session is the page while one lasts.
class Session {
  constructor(invitation, signal) {
    this.invitation = invitation;
    this.signal = signal;
    this.sent = 0;
    this.since = null;
    const digits = new Uint32Array(1);
    do crypto.getRandomValues(digits); while (digits[0] >= 4_294_000_000); // a multiple of a million: all are as likely
    this.code = invitation.first + String(digits[0] % 1_000_000).padStart(6, '0');
    this.host = new Host({
      invitation, code: this.code, words: [], socket: () => desk.room(invitation.id), servers: () => desk.servers(invitation.id),
      consent: () => this.consent(), notify: (e) => this.heard(e),
    });
  }

  get lines() {
    return this.host.log?.lines ?? [];
  }

  async run() {
    const { host } = this;
    host.words = (await (await fetch(new URL('words.txt', import.meta.url))).text()).split('\n');
    $('digits').textContent = `${this.code.slice(0, 3)}-${this.code.slice(3)}`;
    go('code');
    const stop = () => host.stop();
    $('code').querySelector('.refuse').onclick = stop;
    $('stop').onclick = stop;
    $('pause').onclick = () => (host.state === 'paused' ? host.resume() : host.pause());
    this.signal.addEventListener('abort', () => { if (!host.began) host.happen('desk ended'); });
    addEventListener('pagehide', stop);
    const beat = setInterval(() => this.event && this.heard(this.event), 1000);
    const outcome = await host.run();
    clearInterval(beat);
    removeEventListener('pagehide', stop);
    document.body.classList.remove('paused');
    await Promise.race([this.tellRecord(), new Promise((done) => { setTimeout(done, 3000); })]);
    this.mark(outcome);
    return outcome;
  }

  mark({ problem, by, reason }) {
    const { id } = this.invitation;
    if (problem === 'refused') desk.mark(id, 'refused');
    else if (problem === 'wrongCode') desk.mark(id, 'wrong_code');
    else if (by !== 'supporter') desk.mark(id, 'ended', by, reason);
  }

  // consent asks once more; a yes is what the browser's own question gives.
  async consent() {
    for (;;) {
      const answer = await pressed('consent', ['choose', 'refuse'], this.signal);
      if (answer === 'refuse' || this.host.state !== 'asking') return null;
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 30 }, cursor: 'always' }, audio: false, selfBrowserSurface: 'exclude', surfaceSwitching: 'exclude' });
        const [track] = stream.getVideoTracks();
        track.contentHint = 'text';
        const [scope, what] = SURFACES[track.getSettings().displaySurface] ?? SURFACES.monitor;
        desk.mark(this.invitation.id, 'consented');
        return { track, surface: { scope, names: [what] } };
      } catch { // closed without a choice: they are asked again
      }
    }
  }

  heard(e) {
    this.event = e;
    for (const b of document.querySelectorAll('.words b')) b.textContent = e.words?.join(' ') ?? '';
    const name = this.invitation.supporter;
    if (e.phase === 'waiting' || e.phase === 'code') $('valid').textContent = t('Valid for {Time} more minutes', { Time: clock(this.invitation.expires - Date.now()) });
    if (e.phase === 'connecting') {
      go('sharing');
      $('sharing-title').textContent = t('The code is right. A connection is being made …');
      $('sharing-since').textContent = '';
    }
    if (e.phase === 'live') {
      if (!this.since) {
        this.since = Date.now();
        go('sharing');
        desk.mark(this.invitation.id, 'started');
      }
      const sees = e.broken ? 'The connection is interrupted' : e.paused ? 'Paused: {Name} sees nothing' : '{Name} sees your screen';
      put($('sharing-title'), t(sees, { Name: name }));
      put($('sharing-since'), clock(Date.now() - this.since) + (e.warns ? ` · ${t(e.warns.idle ? 'ends in {Time}, because nothing happens' : 'ends in {Time}, after 60 minutes', { Time: clock(e.warns.in * 1000) })}` : ''));
      put($('pause'), t(e.paused ? 'Go on' : 'Pause'));
      $('pause').setAttribute('aria-pressed', String(e.paused));
      document.body.classList.toggle('paused', e.paused);
    }
    if (this.lines.length > this.sent && !this.telling) this.telling = setTimeout(() => this.tellRecord().finally(() => { this.telling = null; }), 500);
  }

  // tellRecord gives the desk the lines that it does not have.
  async tellRecord() {
    const end = this.lines.length;
    if (end <= this.sent) return;
    try {
      await desk.record(this.invitation.id, this.lines.slice(this.sent, end));
      this.sent = end;
    } catch {
      this.sent = 0;
    }
  }
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
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
