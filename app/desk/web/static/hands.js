// What the supporter does on the picture: point at something, or use mouse and
// keyboard of the customer's computer. Keys are told by what they mean.

import { BUTTONS, KEYS, MAX_NOTCHES } from './wire.js';

const MOVE_TIME = 8; // ms between two moves
const MODIFIERS = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'];
const NUMBERS = [1, 2, 3, 8, 9]; // of a MouseEvent's buttons
const NOTCH = 100; // pixels of a wheel that counts in them
const LINES = 3; // of one that counts in lines

export class Hands {
  // send takes a message and says whether it may leave; leave is told on Ctrl+Alt+Enter.
  constructor(screen, glass, send, leave) {
    Object.assign(this, { screen, glass, send, leave });
    this.mode = '';
    this.held = new Set(); // modifiers and buttons that are down over there
    this.turned = { x: 0, y: 0 };
    this.stopping = new AbortController();
    const on = (name, f, options = {}) => glass.addEventListener(name, (e) => this.mode && f(e), { signal: this.stopping.signal, ...options });
    on('pointermove', (e) => this.moved(e));
    on('pointerleave', () => this.mode === 'point' && this.send({ kind: 'Pointer', x: 0, y: 0, shown: false }));
    on('pointerdown', (e) => this.pressed(e, true));
    on('pointerup', (e) => this.pressed(e, false));
    on('contextmenu', (e) => e.preventDefault());
    on('wheel', (e) => this.wheeled(e), { passive: false });
    on('keydown', (e) => this.key(e, true));
    on('keyup', (e) => this.key(e, false));
    on('blur', () => this.letGo());
  }

  // set begins 'point' or 'control', or ends both with ''.
  set(mode) {
    if (mode === this.mode) return;
    if (this.mode === 'point') this.send({ kind: 'Pointer', x: 0, y: 0, shown: false });
    this.letGo();
    this.mode = mode;
    this.glass.classList.toggle('points', mode === 'point');
    if (mode === 'control') this.glass.focus();
  }

  moved(e) {
    this.place = this.screen.at(e);
    if (this.waits) return;
    this.waits = setTimeout(() => {
      this.waits = undefined;
      this.tellPlace();
    }, MOVE_TIME);
  }

  tellPlace() {
    clearTimeout(this.waits);
    this.waits = undefined;
    if (!this.place) return;
    this.send(this.mode === 'point' ? { kind: 'Pointer', ...this.place, shown: true } : { kind: 'Move', ...this.place });
    this.place = null;
  }

  pressed(e, down) {
    if (this.mode !== 'control') return;
    e.preventDefault();
    this.glass.focus();
    const number = NUMBERS[e.button];
    if (!BUTTONS.includes(number)) return;
    if (down) this.glass.setPointerCapture?.(e.pointerId);
    this.place = this.screen.at(e);
    this.tellPlace();
    if (this.send({ kind: 'Button', number, down })) this.hold(`button ${number}`, down, () => this.send({ kind: 'Button', number, down: false }));
  }

  wheeled(e) {
    if (this.mode !== 'control') return;
    e.preventDefault();
    const unit = e.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? NOTCH : e.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINES : 1;
    this.turned.x += e.deltaX / unit;
    this.turned.y += e.deltaY / unit;
    const whole = (n) => Math.max(-MAX_NOTCHES, Math.min(MAX_NOTCHES, Math.trunc(n)));
    const [dx, dy] = [whole(this.turned.x), whole(this.turned.y)];
    if (dx === 0 && dy === 0) return;
    this.turned = { x: 0, y: 0 };
    this.send({ kind: 'Wheel', dx, dy });
  }

  key(e, down) {
    if (this.mode !== 'control') return;
    e.preventDefault();
    if (e.key === 'Enter' && e.ctrlKey && e.altKey) {
      if (down) this.leave();
      return;
    }
    if (MODIFIERS.includes(e.key)) {
      this.modifier(e.key, down);
      return;
    }
    if (!down) return; // it was struck when it went down
    const chars = [...e.key];
    const message = chars.length === 1 ? { char: chars[0].codePointAt(0), name: '' } : { char: 0, name: e.key };
    if (message.name && !KEYS.includes(message.name)) return;
    if (e.getModifierState('AltGraph')) this.letGo(); // the character says it all
    try {
      for (const d of [true, false]) this.send({ kind: 'Key', ...message, down: d });
    } catch { // a character that cannot be said
    }
  }

  modifier(name, down) {
    if (name === 'AltGraph') {
      if (down) this.letGo(); // Windows says Control first
      return;
    }
    if (down === this.held.has(name)) return; // it repeats
    if (this.send({ kind: 'Key', char: 0, name, down })) this.hold(name, down, () => this.send({ kind: 'Key', char: 0, name, down: false }));
  }

  hold(what, down, release) {
    this.releases ??= new Map();
    if (down) {
      this.held.add(what);
      this.releases.set(what, release);
    } else {
      this.held.delete(what);
      this.releases.delete(what);
    }
  }

  // letGo releases what is held over there.
  letGo() {
    for (const [what, release] of this.releases ?? []) {
      this.held.delete(what);
      release();
    }
    this.releases?.clear();
  }

  end() {
    this.set('');
    this.stopping.abort();
  }
}
