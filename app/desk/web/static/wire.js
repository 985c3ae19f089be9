// Every message of a session, its bytes and its limits (docs/wire.md).

import { concat } from './bytes.js';
import { Reader, byte, bytes, fixed, flag, long, require, rest, short, signed, text, wide } from './reader.js';
import { isOrdered } from './rights.js';

export { FormatError } from './reader.js';

const VERSION = 1;
export const MAX_MESSAGE = 64 << 10; // bytes
export const MAX_SIDE = 1 << 14; // pixels of a picture's side
export const MAX_CHUNK = 16 << 10; // bytes of an update's piece
export const MAX_UPDATE = 128 << 20;
export const MAX_REASON = 200; // characters
export const MAX_CLIP = 48 << 10;
const MAX_RECORD = 8 << 10;
const MAX_FILE = 2 ** 31;

// REASONS of Bye.
export const REASONS = {
  stopped: 1, wrongCode: 2, expired: 3, noWay: 4, noScreen: 5, tampered: 6, noRecord: 7, idle: 8, tooLong: 9, recordFull: 10,
};

// HOLDS are why nothing is shown; they add up.
export const HOLDS = { customer: 1, observer: 2, locked: 4 };

// ABLE is what a program can do with a screen, CARRIERS how its frames come.
export const ABLE = { zstd: 1, deflate: 2, datagrams: 4, motion: 8, plain: 16 };
export const CARRIERS = { pieces: 1, datagrams: 2, video: 3 };
const MAX_POINTER = 96; // pixels of a pointer's side

// KEYS are those that give no character (W3C UI Events KeyboardEvent key values).
export const KEYS = [
  'Alt', 'AltGraph', 'Control', 'Meta', 'Shift',
  'ArrowDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'Backspace', 'CapsLock', 'ContextMenu', 'Delete', 'End', 'Enter', 'Escape',
  'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12',
  'Home', 'Insert', 'NumLock', 'PageDown', 'PageUp', 'Pause', 'PrintScreen', 'ScrollLock', 'Tab',
];

export const BUTTONS = [1, 2, 3, 8, 9];
export const MAX_NOTCHES = 10;

const control = /\p{Cc}/u;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const rights = text(bytes(256), (t) => isOrdered(t.split(',')));
const place = short(0, MAX_SIDE - 1);
const plain = (t) => !t.includes('\0');

// kinds: number, name, fields in their order, and what has to hold between them.
const kinds = [
  [1, 'Share', { point: fixed(32), data: bytes(256) }],
  [2, 'Answered', { point: fixed(32), tag: fixed(64), data: bytes(256) }],
  [3, 'Confirm', { tag: fixed(64) }],
  [4, 'Bye', { reason: byte(1, 10) }],
  [5, 'Sealed', { number: wide(true), body: rest(1, MAX_MESSAGE - 10) }],
  [6, 'Granted', {}],
  [7, 'Refused', {}],
  [8, 'Offer', { connection: long(1), sdp: text(bytes(32 << 10)) }],
  [9, 'Answer', { connection: long(1), sdp: text(bytes(32 << 10)) }],
  [10, 'Candidate', { connection: long(1), line: text(bytes(1024)), mid: text(bytes(256)), index: short(), ufrag: text(bytes(256)) },
    (m) => m.line !== '' || (m.mid === '' && m.index === 0 && m.ufrag === '')],
  [11, 'Picture', { number: long(1), total: long(1, MAX_UPDATE), offset: long(), data: rest(1, MAX_CHUNK) },
    (m) => m.offset + m.data.length <= m.total],
  [12, 'Shown', { number: long(1), decode: long(), show: long() }],
  [13, 'Recorded', { line: rest(1, MAX_RECORD) }],
  [14, 'Countersigned', { line: rest(1, MAX_RECORD) }],
  [15, 'Paused', { why: byte(1, 7) }],
  [16, 'Resumed', {}],
  [17, 'Active', {}],
  [18, 'Screen', { epoch: long(1), carrier: byte(1, 3), method: byte(0, 2) }, (m) => (m.carrier === CARRIERS.video) === (m.method === 0)],
  [19, 'Shape', { serial: long(1), width: byte(1, MAX_POINTER), height: byte(1, MAX_POINTER), hotX: byte(), hotY: byte(), pix: rest(4, 4 * MAX_POINTER ** 2) },
    (m) => m.hotX < m.width && m.hotY < m.height && m.pix.length === 4 * m.width * m.height],
  [20, 'Cursor', { number: long(1), serial: long(), x: place, y: place, shown: flag },
    (m) => (m.shown ? m.serial > 0 : m.x === 0 && m.y === 0 && m.serial === 0)],
  [23, 'Figures', { capture: long(), code: long(), wire: long(), decode: long(), show: long(), roundTrip: long(), lost: short(0, 10_000), frames: short(), sent: long(), estimate: long() }],
  [32, 'Again', { connection: long(1) }],
  [33, 'Resume', { received: wide(), able: long(0, 31) }],
  [34, 'Received', { count: wide() }],
  [35, 'Withdrawn', {}],
  [48, 'Ask', { rights, reason: text(rest(0, 4 * MAX_REASON), (t) => [...t].length <= MAX_REASON && !control.test(t)) }],
  [49, 'GiveBack', { rights }],
  [50, 'Pointer', { x: place, y: place, shown: flag }, (m) => m.shown || (m.x === 0 && m.y === 0)],
  [51, 'Move', { x: place, y: place }],
  [52, 'Button', { number: byte(), down: flag }, (m) => BUTTONS.includes(m.number)],
  [53, 'Wheel', { dx: signed(MAX_NOTCHES), dy: signed(MAX_NOTCHES) }, (m) => m.dx !== 0 || m.dy !== 0],
  [54, 'Key', { char: long(0, 0x10ffff), down: flag, name: text(rest(0, 256)) },
    (m) => (m.name !== '' ? m.char === 0 && KEYS.includes(m.name) : m.char !== 0xfffd && printable.test(String.fromCodePoint(m.char)))],
  [55, 'Clip', { text: text(rest(0, MAX_CLIP), plain) }],
  [56, 'Want', { right: rights, on: flag }, (m) => m.right === 'vitals' || (m.on && (m.right === 'logs' || m.right === 'system'))],
  [57, 'Vital', { text: text(rest(1, 4096), plain) }],
  [58, 'Hand', { id: long(1), right: rights, size: wide(true), name: text(rest(1, 200)) }],
  [59, 'Accept', { id: long(1) }],
  [60, 'Piece', { id: long(1), offset: wide(), data: rest(1, MAX_CHUNK) }, (m) => m.offset + m.data.length <= MAX_FILE],
  [61, 'Took', { id: long(1), bytes: wide() }, (m) => m.bytes > 0 && m.bytes <= MAX_FILE],
  [62, 'Done', { id: long(1), sum: fixed(32) }],
  [63, 'Cancel', { id: long(1), reason: byte(1, 7) }],
  [64, 'Own', { on: flag }],
];

const byNumber = new Map();
const byName = new Map();
for (const [kind, name, fields, holds = () => true] of kinds) {
  const form = { kind, name, fields: Object.entries(fields), holds };
  byNumber.set(kind, form);
  byName.set(name, form);
}

// encode gives a message's bytes. m is {kind: its name, …its fields}.
export function encode(m) {
  const form = byName.get(m.kind);
  require(form, `a message ${m.kind}`);
  require(form.holds(m), `what ${m.kind} says`);
  return concat(Uint8Array.of(VERSION, form.kind), ...form.fields.map(([name, field]) => field.write(m[name])));
}

// decode reads one message, which shares the bytes' memory.
export function decode(message) {
  require(message.length >= 2 && message.length <= MAX_MESSAGE, `a message of ${message.length} bytes`);
  require(message[0] === VERSION, `a message of version ${message[0]}`);
  const form = byNumber.get(message[1]);
  require(form, `a message of kind ${message[1]}`);
  const r = new Reader(message.subarray(2));
  const m = { kind: form.name };
  for (const [name, field] of form.fields) m[name] = field.read(r);
  require(r.rest.length === 0, `${form.name} goes on behind its end`);
  require(form.holds(m), `what ${form.name} says`);
  return m;
}
