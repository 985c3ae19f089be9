// What both sides of a session have in common: what goes through the desk's
// room, and one connection after another.

import { Core } from './core.js';
import { checkWords, lineWay, roomWay } from './keys.js';
import { Line } from './line.js';
import { TamperedError } from './seal.js';
import { eventOf, next, reached } from './states.js';
import { REASONS, decode, encode } from './wire.js';

const TAKEN = { messages: 32, bytes: 256 << 10 }; // then the other side is told that it need not keep them
const OUTAGE = 300_000; // ms that a session stays open without a connection
const SHORT_TRY = 3000; // ms for another to come about

const BY_ROOM = new Set(['Granted', 'Refused', 'Offer', 'Answer', 'Candidate', 'Bye', 'Recorded', 'Countersigned', 'Again']);
const IN_CLEAR = new Set(['Share', 'Answered', 'Confirm']);
const NOT_BY_LINE = new Set(['Offer', 'Answer', 'Candidate', 'Again', 'Share', 'Confirm', 'Answered', 'Sealed']);

// ForeignError: nobody with the key has said it.
class ForeignError extends TamperedError {}

export class Run extends Core {
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
    if (this.broken || !this.limits || this.state === 'ended') return;
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
    const { warns } = this.limits;
    if (warns || this.warned) this.tell();
    this.warned = warns !== null;
    if (!this.broken) return;
    const out = Date.now() - this.broken;
    if (out >= OUTAGE) this.happen('lost');
    else {
      this.tell();
      if (Date.now() - this.tried >= SHORT_TRY) this.again();
    }
  }

  // touch notes that somebody does something.
  touch() {
    this.limits?.touch();
  }

  met() {
    if (this.limits && (this.broken || this.path === 'relayed')) this.again();
  }
}
