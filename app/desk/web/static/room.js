// This side's place in the desk's room: a WebSocket that passes messages on.

import { MAX_MESSAGE } from './wire.js';

const RETRY_QUICK = 500; // ms, when the room is needed
const RETRY_MOST = 10_000;

// Room tells hear.message(bytes), hear.met(), hear.left(), hear.ended(reason)
// and hear.lost(). open gives a new WebSocket.
export class Room {
  constructor(open, hear) {
    this.open = open;
    this.hear = hear;
    this.there = null; // whether the other side is; null before it was for the first time
    this.waiting = []; // what is said until then
    this.keeps = false; // whether a lost room is taken again
    this.enter();
  }

  enter() {
    const socket = this.open();
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    const mine = (f) => (e) => { if (this.socket === socket) f(e); };
    socket.onopen = mine(() => { this.tries = 0; });
    socket.onmessage = mine(({ data }) => {
      if (typeof data === 'string') {
        this.word(data);
        return;
      }
      this.meet();
      if (data.byteLength > 0 && data.byteLength <= MAX_MESSAGE) this.hear.message(new Uint8Array(data));
    });
    socket.onclose = mine(() => {
      this.socket = null;
      this.hear.lost();
      this.again();
    });
  }

  // word is the desk's own.
  word(text) {
    let told = {};
    try {
      told = JSON.parse(text) ?? {};
    } catch {
      this.socket.close();
    }
    if (told.event === 'peer-joined') {
      this.meet();
      this.hear.met();
    } else if (told.event === 'peer-left') {
      this.there = false;
      this.hear.left();
    } else if (told.event === 'ended') {
      this.leave();
      this.hear.ended(String(told.reason ?? ''));
    }
  }

  meet() {
    this.there = true;
    for (const b of this.waiting.splice(0)) this.socket.send(b);
  }

  // say gives the room a message; it waits for the other side's first coming.
  // False: nobody is there.
  say(bytes) {
    if (this.there === null) {
      this.waiting.push(bytes);
      return true;
    }
    if (!this.there || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(bytes);
    return true;
  }

  // works says whether the room is worth speaking into.
  get works() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  // keep takes a lost room again from now on.
  keep() {
    this.keeps = true;
    if (!this.socket) this.again();
  }

  again() {
    if (!this.keeps || this.timer) return;
    this.tries = (this.tries ?? 0) + 1;
    const wait = Math.min(RETRY_QUICK * 2 ** Math.min(this.tries - 1, 5), RETRY_MOST) * (0.5 + Math.random());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.keeps) this.enter();
    }, wait);
  }

  leave() {
    this.keeps = false;
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = null;
    if (socket && socket.readyState <= WebSocket.OPEN) socket.close(1000);
  }
}
