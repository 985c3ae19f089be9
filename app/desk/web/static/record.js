// The supporter's copy of a session's record: each line is checked as it comes
// and countersigned (docs/record.md, session/record).

import { concat, hex, unhex, utf8 } from './bytes.js';
import { COUNTER_SIZE, MAX_LINE, MAX_SIZE, RecordError, form, need, readEntry, write } from './entry.js';
import { inOrder, isOrdered } from './rights.js';
import { verify } from './sign.js';

export { RecordError } from './entry.js';

// Copy is the record so far, and what this side knows by itself: want is
// {key, invitation}, the customer's key and what the desk told; key countersigns.
export class Copy {
  constructor(want, key) {
    this.want = want;
    this.key = key;
    this.hashes = [];
    this.lines = [];
    this.given = new Set();
    this.last = null;
    this.agreed = false;
    this.shown = false;
    this.stopped = false;
    this.countersigned = 0;
    this.size = 0;
  }

  get ended() {
    return this.last?.what === 'ended';
  }

  // rights are those that are given and not taken back.
  get rights() {
    return inOrder([...this.given]);
  }

  // take checks an entry's line. It gives {entry, answer}; the answer is null
  // for the first entry, and the whole is for one that is there already.
  async take(line) {
    const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', line)));
    if (this.hashes.includes(hash)) return null;
    let e;
    try {
      e = readEntry(line);
    } catch (err) {
      throw err instanceof RecordError ? err : new RecordError(`the record: ${err.message}`);
    }
    this.known(e);
    this.fits(e, line);
    const message = concat(utf8('beistand record v1 entry\n'), write(form(e, 'sig')));
    need(await verify(this.want.key, message, signature(e.sig)), 'a signature is not right');
    this.add(e, line, hash);
    if (this.hashes.length === 1) return { entry: e, answer: null };
    return { entry: e, answer: await this.countersign(hash) };
  }

  async countersign(hash) {
    const of = this.hashes.length;
    const message = utf8(`beistand record v1 countersignature\n${of} ${hash}`);
    const answer = write({ v: 1, of, is: hash, sig: hex(await this.key.sign(message)) });
    this.countersigned = of;
    this.size += answer.length + 1;
    this.lines.push(answer);
    return answer;
  }

  // known holds an entry against what this side knows.
  known(e) {
    const i = this.want.invitation;
    if (e.what === 'asked') {
      need(isOrdered(e.rights) && e.key === hex(this.want.key) && e.session === i.id && e.ticket === i.ticket && e.supporter === i.supporter &&
        (e.organisation ?? '') === i.organisation && e.first === i.first && e.role === i.role && e.rights.join() === i.rights.join() &&
        e.desk === hex(i.deskKey) && e.invited === hex(i.signature), 'it belongs to another session');
    }
    if (e.what === 'agreed') need(e.key === hex(this.key.public), 'it belongs to another session');
  }

  // fits says whether e may come now.
  fits(e, line) {
    const count = this.hashes.length;
    const keyed = e.what === 'asked' || e.what === 'ended' || (e.what === 'agreed') !== this.agreed;
    need(!this.ended && e.n === count + 1 && (e.what === 'asked') === (count === 0) && keyed, 'an entry does not belong where it stands');
    need(e.before === (this.hashes.at(-1) ?? '0'.repeat(64)), 'an entry does not follow from the one before');
    const room = e.what === 'ended' ? MAX_SIZE : MAX_SIZE - MAX_LINE - 1 - COUNTER_SIZE * (count + 1 - this.countersigned);
    need(this.size + line.length + 1 <= room, 'it is longer than one may be');
    need(e.what !== 'revoked' || e.rights.every((r) => this.given.has(r)), 'what was not given is taken back');
    need(!['started', 'file', 'evidence'].includes(e.what) || this.shown, 'nothing was allowed');
    need(e.what !== 'resumed' || this.stopped, 'nothing was paused');
  }

  add(e, line, hash) {
    if (e.what === 'agreed') this.agreed = true;
    if (e.what === 'granted') for (const r of e.rights) this.given.add(r);
    if (e.what === 'revoked') for (const r of e.rights) this.given.delete(r);
    if (e.what === 'granted' || e.what === 'revoked') this.shown = true;
    if (['paused', 'held', 'resumed'].includes(e.what)) this.stopped = e.what !== 'resumed';
    this.last = e;
    this.hashes.push(hash);
    this.lines.push(line.slice());
    this.size += line.length + 1;
  }
}

function signature(text) {
  try {
    return unhex(text, 64);
  } catch {
    throw new RecordError('the record: a signature is none');
  }
}
