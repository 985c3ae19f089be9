// What both sides of a session have in common: the room, the key, one
// connection after another, and the states that all of it leads through.
// One thing is done at a time, in the order in which it came.

import { checkWords, lineWay, roomWay } from './keys.js';
import { Identity, Line } from './line.js';
import { Outbox } from './outbox.js';
import { MismatchError } from './cpace.js';
import { RecordError } from './record.js';
import { Room } from './room.js';
import { TamperedError } from './seal.js';
import { SigningKey } from './sign.js';
import { eventOf, next, reached } from './states.js';
import { FormatError, REASONS, decode, encode } from './wire.js';

const SECOND = 1000;
const TIMES = { code: 600 * SECOND, answer: 30 * SECOND, consent: 120 * SECOND, connect: 30 * SECOND, outage: 300 * SECOND, part: 500 };
const TAKEN = { messages: 32, bytes: 256 << 10 }; // then the other side is told that it need not keep them
const MAX_QUEUE = 160 << 20; // bytes that came and were not looked at
const SHORT_TRY = 3 * SECOND;
const UNNOTICED = 700;

const PHASES = { waiting: 'waiting', agreeing: 'code', asking: 'consent', connecting: 'connecting', live: 'live', paused: 'live', ended: 'ended' };
const BY_ROOM = new Set(['Granted', 'Refused', 'Offer', 'Answer', 'Candidate', 'Bye', 'Recorded', 'Countersigned', 'Again']);
const IN_CLEAR = new Set(['Share', 'Answered', 'Confirm']);
const NOT_BY_LINE = new Set(['Offer', 'Answer', 'Candidate', 'Again', 'Share', 'Confirm', 'Answered', 'Sealed']);

const FAREWELLS = {
  'stop': 'stopped', 'mismatch': 'wrongCode', 'expired': 'expired', 'no way': 'noWay', 'lost': 'noWay', 'tampered': 'tampered', 'no screen': 'noScreen',
  'silence': 'stopped', 'no': 'stopped', 'no record': 'noRecord', 'idle': 'idle', 'longest': 'tooLong', 'full': 'recordFull',
};
const SIGNED_ENDS = new Set(['stop', 'no', 'silence', 'no screen', 'full', 'idle', 'longest', 'bye stopped', 'bye no screen', 'bye full', 'bye idle', 'bye too long', 'refused']);

// ForeignError: nobody with the key has said it.
class ForeignError extends TamperedError {}

export class Run {
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
      this.happen(this.state === 'ended' ? '' : 'tampered');
    }
  }

  // happen is the only place where the state changes.
  happen(event) {
    const to = next(this.role, this.state, event);
    if (to.state === this.state) return;
    this.state = to.state;
    if (to.state === 'ended') {
      this.outcome = { ...to, cause: event, why: event === 'tampered' ? this.why : undefined };
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
    if (to.state === 'live' && !this.began) {
      this.began = this.active = Date.now();
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
      broken: this.broken && Date.now() - this.broken >= UNNOTICED ? (this.room.works ? 'path' : 'desk') : '', outcome: this.outcome, ...this.told(),
    });
  }

  // agreed turns a confirmed key into the sealed ways.
  async agreed(key) {
    this.key = key;
    this.checkWords = await checkWords(key, this.words);
    this.way = await roomWay(key);
  }

  get late() {
    return reached(this.state, 'live') && (this.state !== 'ended' || (this.reached && reached(this.reached, 'live')));
  }

  // hearRoom reads what came through the desk: the key exchange in the clear,
  // the rest sealed, pictures never.
  hearRoom(bytes) {
    let m;
    try {
      m = this.openRoom(bytes);
    } catch (e) {
      if (e instanceof ForeignError && (this.late || this.state === 'ended')) return undefined; // the desk's doing
      throw e;
    }
    return m && this.hear(m);
  }

  openRoom(bytes) {
    let m;
    try {
      m = decode(bytes);
    } catch (e) {
      throw new ForeignError(e.message);
    }
    if (IN_CLEAR.has(m.kind) && !this.late) return m;
    if (m.kind === 'Bye' && !this.late && (!this.way || m.reason === REASONS.wrongCode)) return m;
    if (m.kind === 'Bye' && this.state === 'asking') {
      this.happen('peer left');
      return null;
    }
    if (m.kind !== 'Sealed' || !this.way) throw new ForeignError(`${m.kind} came in the clear`);
    if (!this.late && this.state !== 'ended' && m.number !== this.way.opener.next) throw new TamperedError('a message is missing');
    const plain = this.way.opener.open(m.number, m.body);
    if (plain === null) throw new ForeignError('a sealed message does not open');
    const inner = decode(plain);
    if (!BY_ROOM.has(inner.kind)) throw new TamperedError(`${inner.kind} came through the desk`);
    return inner;
  }

  // hear takes a message that was opened.
  async hear(m) {
    if (this.state === 'ended') {
      await this.last(m);
      return;
    }
    const event = eventOf(m);
    if (next(this.role, this.state, event).state !== 'ended') await this.take(m);
    this.happen(event);
  }

  // say sends a message through the desk, sealed once there is a key.
  say(m) {
    let bytes = encode(m);
    if (this.way) {
      const number = this.way.sealer.next;
      bytes = encode({ kind: 'Sealed', number, body: this.way.sealer.seal(bytes) });
    }
    const said = this.room.say(bytes);
    if (!said && !this.late && this.state !== 'ended') this.happen(this.room.works ? 'peer left' : 'room lost');
    return said;
  }

  // newLine begins the next connection in place of one that is being made.
  async newLine(number, offer) {
    this.upcoming?.end();
    this.newest = number;
    this.tried = Date.now();
    const servers = await this.servers().catch(() => []);
    if (this.state === 'ended') return;
    const about = (f) => () => (line === this.line || line === this.upcoming ? f() : undefined); // of another nothing counts any more
    const line = new Line(number, { identity: this.identity, print: this.theirs, servers, relayOnly: this.relayOnly, sends: this.role === 'host' }, {
      opened: () => this.post(0, about(() => this.greet(line))),
      data: (b) => this.post(b.length, about(() => this.heed(line, b))),
      steady: (comes) => this.post(0, about(() => this.steady(line, comes))),
      candidate: (c) => this.post(0, about(() => { this.say({ kind: 'Candidate', connection: number, ...c }); })),
      video: (stream) => {
        line.stream = stream;
        if (line === this.line) this.film?.(stream);
      },
      over: (e) => this.post(0, about(() => this.lose(line, e))),
    });
    this.upcoming = line;
    if (offer) {
      this.say({ kind: 'Answer', connection: number, sdp: await line.answer(offer) });
    } else {
      this.say({ kind: 'Offer', connection: number, sdp: await line.offer() });
    }
  }

  // word gives a line what the other side says about it.
  word(m) {
    const line = [this.line, this.upcoming].find((l) => l?.number === m.connection);
    return m.kind === 'Candidate' ? line?.candidate(m) : line?.accept(m.sdp);
  }

  // greet begins the way over a line that has opened; nothing of the one before is taken any more.
  async greet(line) {
    line.way = await lineWay(this.key, line.number);
    this.line?.end();
    this.line = this.out.way = null;
    line.channel.send(line.way.sealer.seal(encode({ kind: 'Resume', received: this.taken.count, able: this.able })));
  }

  // heed takes a message over a line: a greeting first.
  async heed(line, bytes) {
    if (!line.way) throw new TamperedError('a message came too early');
    const m = decode(line.way.opener.open(bytes));
    if (line === this.line) {
      await this.takeData(m, bytes.length);
      return;
    }
    if (m.kind !== 'Resume') throw new TamperedError(`${m.kind} came instead of a greeting`);
    this.out.rewind(m.received, { sealer: line.way.sealer, channel: line.channel });
    this.theirAble = m.able;
    this.line = line;
    this.upcoming = null;
    if (line.stream) this.film?.(line.stream);
    this.heals();
    this.path = await line.relayed().catch(() => false) ? 'relayed' : 'direct';
    if (this.state === 'connecting') this.happen('opened');
    else this.tell();
  }

  async takeData(m, size) {
    const t = this.taken;
    t.count++;
    t.messages++;
    t.bytes += size;
    if (t.messages >= TAKEN.messages || t.bytes >= TAKEN.bytes) {
      t.messages = t.bytes = 0;
      this.out.put({ kind: 'Received', count: t.count });
    }
    if (m.kind === 'Received') this.out.taken(m.count);
    else if (m.kind === 'Resume' || NOT_BY_LINE.has(m.kind)) throw new TamperedError(`${m.kind} came over the connection`);
    else if (m.kind !== 'Withdrawn') await this.hear(m);
  }

  // lose is the end of a line.
  lose(line, e) {
    line.end();
    if (e instanceof TamperedError) throw e;
    if (this.state === 'connecting') this.happen('lost');
    else if (line === this.line) {
      this.line = this.out.way = null;
      this.breaks();
    } else this.upcoming = null;
  }

  steady(line, comes) {
    if (line !== this.line) return;
    if (comes) this.heals();
    else this.breaks();
  }

  breaks() {
    if (this.broken || !this.began || this.state === 'ended') return;
    this.broken = Date.now();
    this.again();
  }

  heals() {
    if (!this.broken) return;
    this.broken = null;
    this.tell();
  }

  // look does what is due while the session lasts.
  look() {
    if (this.state === 'ended') return;
    this.watch?.();
    if (!this.broken) return;
    const out = Date.now() - this.broken;
    if (out >= TIMES.outage) this.happen('lost');
    else {
      if (out >= UNNOTICED) this.tell();
      if (Date.now() - this.tried >= SHORT_TRY) this.again();
    }
  }

  met() {
    if (this.began && (this.broken || this.path === 'relayed')) this.again();
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
