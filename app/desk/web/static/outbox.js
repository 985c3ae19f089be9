// What this side says over the data channel, kept until the other side is known
// to have it: the next connection goes on where the last one broke.

import { TamperedError } from './seal.js';
import { encode } from './wire.js';

const MAX_KEPT = 16 << 20; // bytes
const KEEPING = 160; // what keeping one message takes besides its bytes
const HIGH_WATER = 256 << 10; // bytes given to the connection and not on their way

const WITHDRAWN = encode({ kind: 'Withdrawn' });

// FullError: the other side takes nothing.
export class FullError extends Error {}

export class Outbox {
  constructor() {
    this.kept = []; // {bytes, allowed}
    this.first = 0; // kept[0]'s number over all connections
    this.sent = 0; // how many of kept the connection in use was given
    this.top = 0; // the highest number that any was given, and one
    this.size = 0;
    this.way = null; // {sealer, channel} of the connection in use
  }

  // put takes a message. What allowed, if there is one, says no to when it
  // would leave is withdrawn instead, so that both sides count the same.
  put(message, allowed = null) {
    const bytes = encode(message);
    if (this.size + bytes.length + KEEPING > MAX_KEPT) throw new FullError('the other side takes nothing');
    this.kept.push({ bytes, allowed });
    this.size += bytes.length + KEEPING;
    this.deliver();
  }

  // deliver gives the connection what it can take.
  deliver() {
    const { way } = this;
    while (way && this.sent < this.kept.length && way.channel.readyState === 'open' && way.channel.bufferedAmount < HIGH_WATER) {
      const parcel = this.kept[this.sent];
      if (parcel.allowed && !parcel.allowed()) {
        this.size -= parcel.bytes.length - WITHDRAWN.length;
        parcel.bytes = WITHDRAWN;
      }
      way.channel.send(way.sealer.seal(parcel.bytes));
      this.sent++;
      this.top = Math.max(this.top, this.first + this.sent);
    }
  }

  // withdraw takes back all that needs to be allowed and has not left.
  withdraw() {
    for (const parcel of this.kept) {
      if (parcel.allowed) parcel.allowed = () => false;
    }
  }

  // taken forgets what the other side has; it cannot have more than it was given.
  taken(count) {
    if (count > this.top) throw new TamperedError('the other side has taken more than there was');
    if (count <= this.first) return;
    const n = count - this.first;
    for (const parcel of this.kept.splice(0, n)) this.size -= parcel.bytes.length + KEEPING;
    this.first = count;
    this.sent = Math.max(this.sent - n, 0);
  }

  // rewind goes on over another connection with what the other side has not taken.
  rewind(count, way) {
    this.taken(count);
    if (count < this.first) throw new TamperedError('the other side has taken less than before');
    this.sent = 0;
    this.way = way;
    way.channel.bufferedAmountLowThreshold = HIGH_WATER / 4;
    way.channel.onbufferedamountlow = () => this.deliver();
    this.deliver();
  }

  // empty waits until the connection has been given everything and has sent it.
  async empty(signal) {
    while (this.way?.channel.readyState === 'open' && (this.sent < this.kept.length || this.way.channel.bufferedAmount > 0) && !signal.aborted) {
      this.deliver();
      await new Promise((later) => { setTimeout(later, 5); });
    }
  }
}
