// From the code to the keys of a session (docs/wire.md, From code to keys).

import { concat, equal, framed, utf8 } from './bytes.js';
import { Exchange } from './cpace.js';
import { statement } from './invite.js';
import { Opener, Rising, Sealer, TamperedError } from './seal.js';

const PREFIX = { viewer: utf8('beistand v1 viewer'), host: utf8('beistand v1 host') };
const WORDS = 7776;

// associated is a side's associated data: who speaks, the key that it signs
// with, its certificate's fingerprint.
export const associated = (role, key, print) => concat(PREFIX[role], key, print);

// introduced takes key and fingerprint out of the other side's.
export function introduced(role, data) {
  const prefix = PREFIX[role];
  if (data.length !== prefix.length + 64 || !equal(data.subarray(0, prefix.length), prefix)) throw new TamperedError('the other side is not what it has to be');
  return { key: data.slice(prefix.length, prefix.length + 32), print: data.slice(prefix.length + 32) };
}

// newExchange begins the key exchange.
export function newExchange(role, code, invitation, data) {
  return Exchange.begin({
    initiator: role === 'viewer', code: utf8(code), session: utf8(invitation.id), data,
    channel: framed(utf8('beistand session v1'), statement(invitation), invitation.signature, utf8('viewer'), utf8('host')),
  });
}

// roomWay is the sealed way through the desk, which loses some.
export async function roomWay(key) {
  const { send, receive } = await key.directional('room');
  return { sealer: new Sealer(send), opener: new Rising(receive) };
}

// lineWay is the sealed way over the connection of that number, which loses none.
export async function lineWay(key, connection) {
  const { send, receive } = await key.directional(`data channel ${connection}`);
  return { sealer: new Sealer(send), opener: new Opener(receive) };
}

// checkWords are two words of list that both people see.
export async function checkWords(key, list) {
  const secret = new DataView((await key.derive('check words', true)).buffer);
  return [0, 4].map((at) => list[secret.getUint32(at) % WORDS]);
}
