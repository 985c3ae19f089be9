// The supporter's side of a session.

import { Acting } from './acting.js';
import { associated, introduced, newExchange } from './keys.js';
import { Pieces } from './pieces.js';
import { Copy } from './record.js';
import { TamperedError } from './seal.js';
import { ABLE, CARRIERS } from './wire.js';

// GIVEN are those without which the host must not have sent one.
const GIVEN = {
  Clip: () => 'clipboard-out', Vital: () => 'vitals', Picture: () => 'see', Screen: () => 'see', Shape: () => 'see', Cursor: () => 'see', Figures: () => 'see', Hand: (m) => m.right, Own: () => 'control',
};

export class Viewer extends Acting {
  // options are Run's and: decoder(), which gives what has decode(update) and
  // show(…); film(stream), which shows what moves, pointer(shape, cursor), clip(text) and vitals(text) may be missing.
  constructor(options) {
    super(options);
    this.able = ABLE.deflate | (options.film ? ABLE.motion : 0);
    this.pieces = new Pieces();
    this.shapes = new Map();
    this.own = false; // the customer uses their own mouse or keyboard
    this.cursor = 0;
  }

  told() {
    return { rights: this.counts, question: this.question, figures: this.figures, own: this.own };
  }

  async enter(state) {
    if (state !== 'waiting') return;
    const data = associated('viewer', this.sign.public, this.identity.print);
    this.exchange = await newExchange('viewer', this.code, this.invitation, data);
    this.say({ kind: 'Share', point: this.exchange.share, data });
    if (this.room.there) this.happen('joined');
    else this.joining = true;
  }

  met() {
    if (this.joining) {
      this.joining = false;
      this.happen('joined');
    }
    super.met();
  }

  async take(m) {
    this.allowed(m);
    switch (m.kind) {
      case 'Answered': return this.confirm(m);
      case 'Recorded': return this.recorded(m);
      case 'Granted':
      case 'Refused': return this.answered(m);
      case 'Offer':
        if (m.connection > this.newest && this.wishes.take()) return this.newLine(m.connection, m.sdp);
        return undefined;
      case 'Candidate': return this.word(m);
      case 'Screen': return this.screen(m);
      case 'Picture': return this.picture(m);
      case 'Shape': return this.shape(m);
      case 'Cursor': return this.moved(m);
      case 'Figures': this.figures = m; return undefined;
      case 'Paused':
        this.epochOver();
        this.touch();
        this.held = m.why;
        this.own = false;
        if (this.state === 'paused') this.tell();
        return undefined;
      case 'Resumed':
        this.held = 0;
        return this.touch();
      case 'Active': return this.touch();
      case 'Own':
        this.own = m.on;
        return this.tell();
      case 'Clip': this.clip?.(m.text); return undefined;
      case 'Vital': this.vitals?.(m.text); return undefined;
      case 'Hand': this.out.put({ kind: 'Cancel', id: m.id, reason: 1 }); return undefined; // files are a matter of the program
      case 'Piece':
      case 'Done':
      case 'Cancel': return undefined; // about what was declined
      default: throw new TamperedError(`${m.kind} came from the customer`);
    }
  }

  // allowed judges what the host sends by what the record says.
  allowed(m) {
    const right = GIVEN[m.kind]?.(m);
    if (!right) return;
    if (!this.copy.rights.includes(right)) throw new TamperedError(`${m.kind} came without the right`);
    if (this.held) throw new TamperedError(`${m.kind} came while nothing may be shown`);
  }

  async confirm(m) {
    const { key, print } = introduced('host', m.data);
    const agreement = await this.exchange.agree(m.point, m.data);
    this.theirs = print;
    const common = agreement.confirm(m.tag);
    this.copy = new Copy({ key, invitation: this.invitation }, this.sign);
    this.say({ kind: 'Confirm', tag: agreement.tag }); // the last message in the clear
    await this.agreed(common);
  }

  // recorded countersigns an entry. What it takes away is not used any more
  // before that, what it gives only afterwards.
  async recorded(m) {
    const taken = await this.copy.take(m.line);
    if (!taken) return;
    const { entry, answer } = taken;
    const holds = this.copy.rights;
    this.counts = this.counts.filter((r) => holds.includes(r));
    this.own = this.own && holds.includes('control') && holds.includes('see');
    if (entry.what === 'scope' || (entry.what === 'revoked' && !holds.includes('see'))) this.epochOver();
    if (!answer) return;
    this.signed = { kind: 'Countersigned', line: answer };
    if (this.state === 'live' || this.state === 'paused') this.out.put(this.signed);
    else this.say(this.signed);
    for (const r of [...this.back]) if (!holds.includes(r)) this.back.delete(r);
    this.counts = holds.filter((r) => !this.back.has(r));
    if (this.limits) this.tell();
  }

  // answered takes the customer's answer; a yes that is not in the record is none.
  answered(m) {
    if (this.state === 'asking') {
      if (m.kind === 'Granted' && this.copy.rights.length === 0) throw new TamperedError('a yes is not in the record');
      return;
    }
    const q = this.question;
    const given = q?.rights.filter((r) => this.copy.rights.includes(r)) ?? [];
    if (q?.outcome !== 'open' || (m.kind === 'Granted' && given.length === 0)) throw new TamperedError('an answer came to no question');
    q.outcome = m.kind === 'Refused' ? 'refused' : given.length === q.rights.length ? 'given' : 'part';
    this.touch();
    this.tell();
  }

  // screen begins a series of frames with a whole picture.
  screen(m) {
    if (m.epoch <= (this.epoch ?? 0)) throw new TamperedError('a screen is older than the one before');
    if (m.carrier !== CARRIERS.pieces || m.method !== ABLE.deflate) throw new TamperedError('the screen comes in a way that was not asked for');
    this.epochOver();
    this.epoch = m.epoch;
    this.current = this.decoder();
  }

  // epochOver forgets what is not whole; only a new screen shows something again.
  epochOver() {
    this.pieces.drop();
    this.current?.close();
    this.current = null;
  }

  async picture(m) {
    const frame = this.pieces.add(m);
    if (!frame || !this.current) return; // a frame of an epoch that is over counts no more
    const [decode, show] = await this.current.frame(frame, this.counts.includes('see'));
    this.frames = (this.frames ?? 0) + 1;
    this.out.put({ kind: 'Shown', number: m.number, decode, show });
  }

  shape(m) {
    if (m.serial <= (this.serial ?? 0)) throw new TamperedError('a pointer\'s shape is older than the one before');
    this.serial = m.serial;
    this.shapes.clear(); // only the newest is used
    this.shapes.set(m.serial, { ...m, pix: m.pix.slice() });
  }

  moved(m) {
    if (m.number <= this.cursor) return;
    this.cursor = m.number;
    const shape = this.shapes.get(m.serial);
    if (!m.shown || shape) this.pointer?.(m.shown ? shape : null, m);
  }

  again() {
    this.tried = Date.now();
    if (this.room.there) this.say({ kind: 'Again', connection: this.newest });
  }

  isWhole() {
    return !this.copy || this.copy.ended;
  }

  // last takes the record's last entries, after the end, and countersigns by every way.
  async last(m) {
    if (m.kind !== 'Recorded' || !this.copy) return;
    const taken = await this.copy.take(m.line).catch(() => null); // the copy goes without
    if (!taken?.answer) return;
    const signed = { kind: 'Countersigned', line: taken.answer };
    this.say(signed);
    if (this.line) this.out.put(signed);
    if (this.copy.ended) this.whole?.();
  }
}
