// The customer's page while a session lasts.

import { Host } from './host.js';
import { $, go, pressed } from './pages.js';
import { clock } from './said.js';
import { t } from './texts.js';

const SURFACES = { monitor: ['monitors', 'screen'], window: ['windows', 'window'], browser: ['windows', 'browser tab'] };

export class Sharing {
  // signal ends it when the desk says so.
  constructor(desk, invitation, signal) {
    this.desk = desk;
    this.invitation = invitation;
    this.signal = signal;
    this.sent = 0;
    this.since = null;
    const digits = new Uint32Array(1);
    do crypto.getRandomValues(digits); while (digits[0] >= 4_294_000_000); // a multiple of a million: all are as likely
    this.code = invitation.first + String(digits[0] % 1_000_000).padStart(6, '0');
    this.host = new Host({
      invitation, code: this.code, words: [], socket: () => this.desk.room(invitation.id), servers: () => this.desk.servers(invitation.id),
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
    this.signal.addEventListener('abort', () => { if (!host.limits) host.happen('desk ended'); });
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
    if (problem === 'refused') this.desk.mark(id, 'refused');
    else if (problem === 'wrongCode') this.desk.mark(id, 'wrong_code');
    else if (by !== 'supporter') this.desk.mark(id, 'ended', by, reason);
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
        this.desk.mark(this.invitation.id, 'consented');
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
        this.desk.mark(this.invitation.id, 'started');
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
      await this.desk.record(this.invitation.id, this.lines.slice(this.sent, end));
      this.sent = end;
    } catch {
      this.sent = 0;
    }
  }
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
