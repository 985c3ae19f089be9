// The page while a session lasts.

import { films } from './film.js';
import { Hands } from './hands.js';
import { standing, veil } from './said.js';
import { Screen } from './screen.js';
import { t } from './texts.js';
import { Viewer } from './viewer.js';

const WORDS = { see: 'Screen', point: 'Point', control: 'Control' };
const RECORD_TIME = [1000, 60_000]; // ms that lines for the desk wait for others: at first, at most

const NOTE_TIME = 8000; // ms that an answer is shown

const $ = (id) => document.getElementById(id);

// watch takes a session to its end: {outcome, seen, lines}. about is {name, number}.
export async function watch(desk, invitation, code, words, about) {
  const page = new Watch(desk, invitation, code, words, about);
  try {
    return await page.run();
  } finally {
    page.close();
  }
}

class Watch {
  constructor(desk, invitation, code, words, about) {
    Object.assign(this, { desk, invitation, about });
    this.began = null;
    this.sent = 0; // lines that the desk has
    [this.patience] = RECORD_TIME;
    this.screen = new Screen({ stage: $('stage'), glass: $('glass'), canvas: $('picture'), pointer: $('pointer') }, () => this.first());
    this.viewer = new Viewer({
      invitation, code, words, socket: () => desk.room(invitation.id), servers: () => desk.servers(invitation.id),
      decoder: () => this.screen.series(), pointer: (shape, at) => this.screen.point(shape, at), film: films() ? (stream) => this.screen.film.take(stream) : undefined,
      notify: (e) => this.heard(e),
    });
    this.hands = new Hands(this.screen, $('glass'), (m) => this.viewer.do(m), () => this.setMode(''));
    this.stopping = new AbortController();
    const press = (id, f) => $(id).addEventListener('click', f, { signal: this.stopping.signal });
    press('stop', () => this.viewer.stop());
    press('zoom', () => this.zoom(!this.screen.actual));
    press('point', () => this.setMode(this.hands.mode === 'point' ? '' : 'point'));
    press('control', () => this.setMode(this.hands.mode === 'control' ? '' : 'control'));
    press('more', () => this.viewer.ask(this.missing(), ''));
    addEventListener('pagehide', () => this.viewer.stop(), { signal: this.stopping.signal });
    addEventListener('beforeunload', (e) => e.preventDefault(), { signal: this.stopping.signal });
    addEventListener('online', () => this.viewer.met(), { signal: this.stopping.signal });
    this.beat = setInterval(() => this.event && this.heard(this.event), 1000);
    this.zoom(false);
    document.body.classList.add('live');
  }

  async run() {
    const outcome = await this.viewer.run();
    const seen = this.began ? Date.now() - this.began : null;
    clearTimeout(this.telling);
    await Promise.race([this.tellRecord(), new Promise((done) => { setTimeout(done, 3000); })]);
    this.mark(outcome);
    return { outcome, seen, lines: this.viewer.copy?.lines ?? [] };
  }

  // mark tells the desk the end, unless that is the other side's to tell.
  mark({ problem, by, reason }) {
    if (problem === 'wrongCode') this.desk.mark(this.invitation.id, 'wrong_code');
    else if (problem !== 'refused' && by !== 'customer') this.desk.mark(this.invitation.id, 'ended', by, reason);
  }

  first() {
    if (!this.began) {
      this.began = Date.now();
      this.desk.mark(this.invitation.id, 'started');
    }
    if (this.event) this.heard(this.event);
  }

  // heard shows how the session stands.
  heard(e) {
    this.event = e;
    if (e.phase === 'ended') return;
    if (e.held || (e.phase === 'live' && !e.rights.includes('see'))) this.screen.blank();
    const v = veil(e, this.screen.shown);
    $('veil').hidden = v === null;
    $('veil').className = [v?.busy && 'busy', v?.dim && 'dim'].filter(Boolean).join(' ');
    put($('veil').querySelector('h2'), v?.title ?? '');
    put($('veil').querySelector('p'), v?.todo ?? '');
    put($('standing'), standing(e, this.about, this.began));
    $('words').hidden = !e.words;
    put($('words').querySelector('b'), e.words?.join(' ') ?? '');
    $('words').title = t('Ask {Name} which two words they see. If they are these, nobody sits between you.', { Name: this.about.name || t('the customer') });
    $('glass').setAttribute('aria-label', t('Screen of {Name}', { Name: this.about.name || t('the customer') }));
    this.rights(e);
    this.answered(e.question);
    if (this.viewer.copy?.lines.length > this.sent && !this.telling) {
      this.telling = setTimeout(() => this.tellRecord().finally(() => { this.telling = undefined; }), this.patience);
    }
  }

  rights(e) {
    const live = e.phase === 'live';
    const works = live && !e.held && !e.broken && e.rights.includes('see') && this.screen.shown;
    const items = e.rights.map((r) => [r, '']);
    if (e.question?.outcome === 'open') items.push(...e.question.rights.filter((r) => !e.rights.includes(r)).map((r) => [r, 'waits']));
    const text = items.map(([r, state]) => `${r} ${state}`).join();
    if (text !== this.listed) {
      this.listed = text;
      $('rights').replaceChildren(...items.map(([r, state]) => {
        const li = document.createElement('li');
        li.textContent = t(WORDS[r] ?? r);
        li.className = state;
        return li;
      }));
    }
    for (const mode of ['point', 'control']) {
      const can = e.rights.includes(mode);
      $(mode).hidden = !can;
      $(mode).disabled = !works;
      if ((!can || !works) && this.hands.mode === mode) this.setMode('');
    }
    this.tellHands(e);
    $('zoom').hidden = !this.screen.shown;
    $('more').hidden = !live || this.missing().length === 0;
    $('more').disabled = e.question?.outcome === 'open' || Boolean(e.broken);
  }

  // answered tells for a while what became of a question.
  answered(question) {
    const said = { refused: 'The customer said no.', part: 'The customer allowed a part of it.' }[question?.outcome];
    if (question === this.question && question?.outcome === this.outcome) return;
    [this.question, this.outcome] = [question, question?.outcome];
    clearTimeout(this.noting);
    $('note').hidden = !said;
    put($('note'), said ? t(said) : '');
    this.noting = setTimeout(() => { $('note').hidden = true; }, NOTE_TIME);
  }

  // missing is what of this page's rights is not given.
  missing() {
    return ['see', 'point', 'control'].filter((r) => !this.event.rights.includes(r) && (r === 'see' || this.invitation.role !== 'observer'));
  }

  setMode(mode) {
    this.hands.set(mode);
    for (const m of ['point', 'control']) $(m).setAttribute('aria-pressed', String(m === mode));
    $('control').textContent = t(mode === 'control' ? 'End control' : 'Take control');
    $('controlled').hidden = mode !== 'control';
    this.tellHands(this.event);
  }

  // tellHands says where mouse and keyboard go, or why they do nothing.
  tellHands(e) {
    put($('controlled'), e?.own ? t('The customer is using the mouse or keyboard.')
      : t('Mouse and keyboard go to {Name}\'s computer. {Keys} ends it.', { Name: this.about.name || t('the customer'), Keys: t('Ctrl+Alt+Enter') }));
  }

  zoom(actual) {
    this.screen.setActual(actual);
    $('zoom').textContent = actual ? t('Fit') : '1:1';
  }

  // tellRecord gives the desk the lines that it does not have.
  async tellRecord() {
    const lines = this.viewer.copy?.lines ?? [];
    const end = lines.length;
    if (end === this.sent || !this.viewer.copy.agreed) return;
    try {
      await this.desk.record(this.invitation.id, lines.slice(this.sent, end));
      this.sent = end;
      [this.patience] = RECORD_TIME;
    } catch { // the customer's side has to begin it
      this.sent = 0; // the desk passes over what it has
      this.patience = Math.min(2 * this.patience, RECORD_TIME[1]);
    }
  }

  close() {
    clearInterval(this.beat);
    clearTimeout(this.telling);
    clearTimeout(this.noting);
    $('note').hidden = true;
    this.stopping.abort();
    this.hands.end();
    this.screen.close();
    this.setMode('');
    document.body.classList.remove('live');
  }
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text; // what is read aloud is read once
}
