// One session as a machine of states: one thing is done at a time, in the order
// in which it came, and happen alone changes the state.

import { MismatchError } from './cpace.js';
import { Bucket, Limits } from './limits.js';
import { Identity } from './line.js';
import { Outbox } from './outbox.js';
import { RecordError } from './record.js';
import { Room } from './room.js';
import { TamperedError } from './seal.js';
import { SigningKey } from './sign.js';
import { next } from './states.js';
import { FormatError, REASONS } from './wire.js';

const SECOND = 1000;
const TIMES = { code: 600 * SECOND, answer: 30 * SECOND, consent: 120 * SECOND, connect: 30 * SECOND, part: 500 };
const MAX_QUEUE = 160 << 20; // bytes that came and were not looked at
const UNNOTICED = 700; // ms: an interruption that short is told to nobody

const PHASES = { waiting: 'waiting', agreeing: 'code', asking: 'consent', connecting: 'connecting', live: 'live', paused: 'live', ended: 'ended' };
const FAREWELLS = {
  'stop': 'stopped', 'mismatch': 'wrongCode', 'expired': 'expired', 'no way': 'noWay', 'lost': 'noWay', 'fault': 'noWay', 'tampered': 'tampered', 'no screen': 'noScreen',
  'silence': 'stopped', 'no': 'stopped', 'no record': 'noRecord', 'idle': 'idle', 'longest': 'tooLong', 'full': 'recordFull',
};
const SIGNED_ENDS = new Set(['stop', 'no', 'silence', 'no screen', 'full', 'idle', 'longest', 'bye stopped', 'bye no screen', 'bye full', 'bye idle', 'bye too long', 'refused']);

export class Core {
  // options: {invitation, code, socket(): WebSocket, servers(): Promise, words: the list, notify(event), relayOnly}
  constructor(role, options) {
    Object.assign(this, options);
    this.role = role;
    this.state = 'waiting';
    this.queue = [];
    this.queued = 0;
    this.out = new Outbox();
    this.taken = { count: 0, messages: 0, bytes: 0 };
    this.newest = 0; // the newest line's number
    this.line = null; // in use
    this.upcoming = null; // being made
    this.broken = null; // since when nothing comes through
    this.tried = 0;
    this.held = 0;
    this.limits = null; // from when the two were connected
    this.wishes = new Bucket(16, 1000); // connections that the other side may begin
    this.checkWords = null;
    this.path = '';
    this.ended = new Promise((done) => { this.finish = done; });
  }

  // run takes the session to its end: {problem, by, reason}.
  async run() {
    try {
      [this.identity, this.sign] = await Promise.all([Identity.draw(), SigningKey.draw()]);
      this.patience('expired', Math.min(TIMES.code, Math.max(0, this.invitation.expires - Date.now())));
      this.room = new Room(this.socket, {
        message: (b) => this.post(b.length, () => this.hearRoom(b)),
        met: () => this.post(0, () => this.met()),
        left: () => this.post(0, () => this.happen('peer left')),
        ended: (reason) => this.post(0, () => this.happen(this.deskEnded(reason))),
        lost: () => this.post(0, () => this.happen('room lost')),
      });
      this.tell();
      this.post(0, () => this.enter('waiting'));
    } catch (e) {
      this.fail(e);
    }
    return this.ended;
  }

  // stop is this side's person ending everything; it goes before all else.
  stop() {
    this.happen('stop');
  }

  deskEnded(reason) {
    if (this.broken) return 'desk over';
    return reason === 'expired' ? 'desk expired' : 'desk ended';
  }

  // post has something done in its turn.
  post(size, what) {
    if (this.queued + size > MAX_QUEUE) {
      this.fail(new TamperedError('more came than can be looked at'));
      return;
    }
    this.queue.push({ size, what });
    this.queued += size;
    if (!this.working) this.work();
  }

  async work() {
    this.working = true;
    while (this.queue.length > 0) {
      const { size, what } = this.queue.shift();
      this.queued -= size;
      try {
        const waits = what();
        if (waits) await waits;
      } catch (e) {
        this.fail(e);
      }
    }
    this.working = false;
  }

  // fail is an error of this side's own doing as an event.
  fail(e) {
    if (e instanceof MismatchError) this.happen('mismatch');
    else if (e instanceof TamperedError || e instanceof FormatError || e instanceof RecordError) {
      this.why ??= e.message;
      this.happen('tampered');
    } else {
      console.error(e);
      this.why ??= String(e?.message ?? e);
      this.happen('fault');
    }
  }

  // happen is the only place where the state changes.
  happen(event) {
    const to = next(this.role, this.state, event);
    if (to.state === this.state) return;
    this.state = to.state;
    if (to.state === 'ended') {
      this.outcome = { ...to, cause: event, why: event === 'tampered' || event === 'fault' ? this.why : undefined };
      clearTimeout(this.timer);
      clearInterval(this.beat);
      this.part().catch((e) => console.error(e)).finally(() => {
        this.line?.end();
        this.upcoming?.end();
        this.room?.leave();
        this.state = 'ended';
        this.tell();
        this.finish(this.outcome);
      });
      return;
    }
    this.reached = to.state;
    const waits = { agreeing: ['unanswered', TIMES.answer], asking: ['silence', TIMES.consent + (this.role === 'viewer' ? TIMES.answer : 0)], connecting: ['no way', TIMES.connect] }[to.state];
    if (waits) this.patience(...waits);
    else clearTimeout(this.timer);
    if (to.state === 'live' && !this.limits) {
      this.limits = new Limits();
      this.room.keep();
      this.beat = setInterval(() => this.post(0, () => this.look()), 250);
    }
    this.tell();
    this.post(0, () => this.enter(to.state));
  }

  patience(event, time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.happen(event), time);
  }

  tell() {
    this.notify?.({
      phase: PHASES[this.state], words: this.checkWords, path: this.path, held: this.held, paused: this.state === 'paused',
      broken: this.broken && Date.now() - this.broken >= UNNOTICED ? (this.room.works ? 'path' : 'desk') : '', outcome: this.outcome, warns: this.limits?.warns ?? null, brokenSince: this.broken, ...this.told(),
    });
  }

  // farewell is what this side has to say about the end; null when the other knows of it.
  farewell() {
    const { cause, problem } = this.outcome;
    if (this.role === 'host' && (cause === 'no' || cause === 'silence')) return { kind: 'Refused' };
    const reason = FAREWELLS[cause] ?? (problem === 'tampered' && cause !== 'bye tampered' ? 'tampered' : null);
    return reason && { kind: 'Bye', reason: REASONS[reason] };
  }

  // conclude gives the record's last entries, to be told.
  async conclude() {
    return [];
  }

  // part says the last words by every way and waits, shortly, until the record is whole.
  async part() {
    const signal = AbortSignal.timeout(TIMES.part);
    this.out.withdraw();
    const bye = this.farewell();
    const signs = this.way && SIGNED_ENDS.has(this.outcome.cause);
    const told = this.way && (bye || signs) ? await this.conclude() : [];
    if (bye) told.push(bye);
    if (this.room && told.length > 0 && (this.key || this.room.there)) {
      for (const m of told) this.say(m);
      if (this.line) {
        for (const m of told) if (m.kind !== 'Refused') this.out.put(m);
        await this.out.empty(signal);
      }
    }
    if (signs && !this.isWhole()) {
      await new Promise((done) => {
        this.whole = done;
        signal.addEventListener('abort', done);
      });
    }
    if (this.line) await this.out.empty(AbortSignal.timeout(200));
  }
}
