// An entry of a session's record as its line (docs/record.md, The file).

import { textOf, unhex, utf8 } from './bytes.js';
import { isList } from './rights.js';

export const MAX_LINE = 8 << 10; // bytes
export const MAX_SIZE = 512 << 10;
export const COUNTER_SIZE = 280; // more than a countersignature's line takes
const MAX_TEXT = 300; // characters
const MAX_SOME = 16;
const CUT_SHORT = 'broken off';
const control = /\p{Cc}/u;

// RecordError: the other side does not tell the truth. It ends the session.
export class RecordError extends Error {}

export const need = (ok, what) => {
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
export function readEntry(line) {
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
