// The record of a session as the customer's side writes it (docs/record.md).

import { concat, equal, hex, textOf, unhex, utf8 } from './bytes.js';
import { COUNTER_SIZE, MAX_LINE, MAX_SIZE, RecordError, form, write } from './entry.js';
import { verify } from './sign.js';

// FullRecordError: nothing more fits into it, but the end.
export class FullRecordError extends Error {}

export class Log {
  // key signs; theirs is the supporter's, once it is known.
  constructor(key) {
    this.key = key;
    this.hashes = [];
    this.lines = []; // all, countersignatures too
    this.open = []; // entries that are not countersigned
    this.countersigned = 0;
    this.size = 0;
  }

  // add writes the next entry and gives its line.
  async add(entry) {
    const e = { v: 1, n: this.hashes.length + 1, before: this.hashes.at(-1) ?? '0'.repeat(64), at: new Date().toISOString().replace(/\.?0+Z$/, 'Z'), ...entry };
    const unsigned = write(form(e));
    const line = write(form({ ...e, sig: hex(await this.key.sign(concat(utf8('beistand record v1 entry\n'), unsigned))) }));
    const room = e.what === 'ended' ? MAX_SIZE : MAX_SIZE - MAX_LINE - 1 - COUNTER_SIZE * (this.hashes.length + 1 - this.countersigned);
    if (line.length > MAX_LINE || this.size + line.length + 1 > room) throw new FullRecordError('the record is full');
    this.hashes.push(hex(new Uint8Array(await crypto.subtle.digest('SHA-256', line))));
    this.keep(line);
    this.open.push(line);
    return line;
  }

  keep(line) {
    this.lines.push(line);
    this.size += line.length + 1;
  }

  // sign takes what the supporter's side has signed. One that is there already adds nothing.
  async sign(line) {
    let s;
    let signature;
    try {
      s = JSON.parse(textOf(line));
      signature = unhex(s.sig, 64);
    } catch {
      throw new RecordError('a countersignature is none');
    }
    const right = s.v === 1 && Number.isSafeInteger(s.of) && s.of > 0 && s.of <= this.hashes.length && s.is === this.hashes[s.of - 1] &&
      equal(write({ v: 1, of: s.of, is: s.is, sig: s.sig }), line) &&
      await verify(this.theirs, utf8(`beistand record v1 countersignature\n${s.of} ${s.is}`), signature);
    if (!right) throw new RecordError('a countersignature is not right');
    if (s.of <= this.countersigned) return;
    this.countersigned = s.of;
    this.keep(line.slice());
    this.open = this.open.slice(this.open.length - (this.hashes.length - s.of));
  }

  // witnessed says whether everything until now is signed.
  get witnessed() {
    return this.countersigned === this.hashes.length;
  }
}
