// A frame out of its pieces, which come one after the other.

import { FormatError } from './wire.js';

export class Pieces {
  constructor() {
    this.number = 0;
    this.total = 0;
    this.parts = [];
    this.got = 0;
    this.dropped = false;
  }

  // drop forgets a frame that is not whole; the next one's number may be higher by more than one.
  drop() {
    this.total = this.got = 0;
    this.parts = [];
    this.dropped = true;
  }

  // add gives the frame when it is whole, and null before. Memory grows with
  // what has come, not with what was promised.
  add({ number, total, offset, data }) {
    if (this.got === this.total) {
      if (number <= this.number || (number !== this.number + 1 && !this.dropped) || offset !== 0) throw new FormatError('a picture begins where none does');
      this.number = number;
      this.total = total;
      this.got = 0;
      this.parts = [];
      this.dropped = false;
    }
    if (number !== this.number || total !== this.total || offset !== this.got) throw new FormatError('a picture\'s piece is out of its place');
    this.parts.push(data);
    this.got += data.length;
    if (this.got < this.total) return null;
    if (this.parts.length === 1) return this.parts[0];
    const whole = new Uint8Array(total);
    let at = 0;
    for (const p of this.parts) {
      whole.set(p, at);
      at += p.length;
    }
    this.parts = [];
    return whole;
  }
}
