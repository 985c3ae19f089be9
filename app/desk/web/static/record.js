// The supporter's copy of a session's record: each line is checked as it comes
// and countersigned (docs/record.md, session/record).

import { concat, hex, textOf, unhex, utf8 } from './bytes.js';
import { inOrder, isList, isOrdered } from './rights.js';
import { verify } from './sign.js';

const MAX_LINE = 8 << 10; // bytes
const MAX_SIZE = 512 << 10;
const COUNTER_SIZE = 280;
const MAX_TEXT = 300; // characters
const MAX_SOME = 16;
const CUT_SHORT = 'broken off';
const control = /\p{Cc}/u;

// RecordError: the other side does not tell the truth. It ends the session.
export class RecordError extends Error {}

const need = (ok, what) => {
  if (!ok) throw new RecordError(`the record: ${what}`);
};

// An entry's fields in their order, and what each is.
const FIELDS = [
  ['v', 'number'], ['n', 'number'], ['before', 'string'], ['at', 'string'], ['what', 'string'], ['by', 'string'],
  ['session', 'string'], ['ticket', 'number'], ['supporter', 'string'], ['organisation', 'string'], ['first', 'string'],
  ['role', 'string'], ['desk', 'string'], ['invited', 'string'], ['key', 'string'], ['rights', 'list'], ['scope', 'string'],
  ['names', 'list'], ['name', 'string'], ['size', 'number'], ['sha256', 'string'], ['reason', 'string'], ['pictures', 'number'],
  ['bytes', 'number'], ['sig', 'string'],
];
const COMMON = ['v', 'n', 'before', 'at', 'what', 'by', 'sig'];
const ALWAYS = new Set(COMMON.slice(0, 6)); // written also when empty

// OWN is which fields an entry may have besides, and whose it can be.
const OWN = {
  asked: [['session', 'ticket', 'supporter', 'organisation', 'first', 'role', 'desk', 'invited', 'key', 'rights'], ['supporter']],
  agreed: [['key'], ['supporter']],
  granted: [['rights'], ['customer']],
  refused: [['rights'], ['customer']],
  revoked: [['rights'], ['customer', 'supporter']],
  started: [[], ['customer']],
  scope: [['scope', 'names'], ['customer']],
  paused: [[], ['customer']],
  held: [['reason'], ['customer']],
  resumed: [[], ['customer']],
  file: [['name', 'size', 'sha256', 'reason'], ['customer', 'supporter']],
  evidence: [['name', 'size', 'sha256', 'reason'], ['customer']],
  ended: [['reason', 'pictures', 'bytes'], ['customer', 'supporter', 'network', 'desk']],
};

const OF_TYPE = {
  number: (v) => Number.isSafeInteger(v),
  string: (v) => typeof v === 'string' && v.isWellFormed(),
  list: (v) => Array.isArray(v) && v.every((s) => typeof s === 'string' && s.isWellFormed()),
};

// write gives the one encoding: no spaces, fields in their order.
export const write = (value) => utf8(JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'));

const empty = (v) => v === '' || v === 0 || v.length === 0;

// form gives an entry with its fields in order, empty ones left out.
export function form(entry, without) {
  const ordered = {};
  for (const [name] of FIELDS) {
    if (name !== without && name in entry && (ALWAYS.has(name) || !empty(entry[name]))) ordered[name] = entry[name];
  }
  return ordered;
}

function parse(line) {
  need(line.length <= MAX_LINE, 'a line is too long');
  let value;
  try {
    value = JSON.parse(textOf(line));
  } catch {
    throw new RecordError('the record: a line is none');
  }
  need(value !== null && typeof value === 'object' && !Array.isArray(value), 'a line is none');
  return value;
}

function same(a, b) {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

// readEntry gives an entry whose every field is as it has to be.
function readEntry(line) {
  const e = parse(line);
  need(e.v === 1, 'it is of another version');
  for (const [name, type] of FIELDS) need(!(name in e) || OF_TYPE[type](e[name]), `"${name}" is none`);
  need(same(write(form(e)), line), 'a line is not written as one is');
  need(Object.hasOwn(OWN, e.what), 'it tells something unknown');
  const [own, by] = OWN[e.what];
  for (const name of Object.keys(e)) need(COMMON.includes(name) || own.includes(name), `"${name}" does not belong to "${e.what}"`);
  need(by.includes(e.by), `it cannot be ${e.by}'s`);
  need(!own.includes('rights') || isList(e.rights), 'its rights are none');
  for (const text of [e.session, e.supporter, e.organisation, e.name, e.reason, ...e.names ?? []]) {
    need(text === undefined || ([...text].length <= MAX_TEXT && !control.test(text)), 'a text is too long');
  }
  if (own.includes('key')) unhex(e.key, 32);
  if (own.includes('sha256')) {
    unhex(e.sha256, 32);
    need(e.name && (e.size ?? 0) >= 0 && (e.reason === undefined || (e.reason === CUT_SHORT && e.by === 'customer')), 'what was handed over');
  }
  if (e.what === 'scope') {
    const names = e.names ?? [];
    need(e.scope === 'all' ? e.names === undefined : ['monitors', 'windows'].includes(e.scope) && names.length > 0 && names.length <= MAX_SOME, 'its scope is none');
  }
  need((e.pictures ?? 0) >= 0 && (e.bytes ?? 0) >= 0, 'its figures are none');
  const at = new Date(e.at);
  need(!Number.isNaN(at.getTime()) && at.toISOString().replace(/\.?0+Z$/, 'Z') === e.at, 'its time is none');
  return e;
}

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
