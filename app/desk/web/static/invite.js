// What the desk tells both sides of a session, under its signature (session/invite).

import { framed, unbase64, utf8 } from './bytes.js';
import { isOrdered } from './rights.js';
import { verify } from './sign.js';

const CONTEXT = 'beistand invitation v1';
const MAX_TEXT = 300; // characters
const control = /\p{Cc}/u;

// InvitationError: nothing was sent.
export class InvitationError extends Error {}

// read takes a session as the desk's interface gives it and checks form and
// signature. It gives what the key exchange binds.
export async function read(told) {
  const i = {
    id: told.id, ticket: told.ticket, supporter: told.supporter, organisation: told.organisation,
    first: told.first_part, role: told.role, rights: told.rights,
  };
  const texts = [i.id, i.supporter, i.organisation];
  if (texts.some((t) => typeof t !== 'string' || !t.isWellFormed() || [...t].length > MAX_TEXT || control.test(t)) || i.id === '' || i.supporter === '' ||
    !Number.isSafeInteger(i.ticket) || i.ticket < 1 || !/^[0-9]{3}$/.test(i.first) || !isOrdered(i.rights) ||
    !['supporter', 'expert', 'observer'].includes(i.role) || (i.role === 'observer' && i.rights.join() !== 'see')) {
    throw new InvitationError('the desk\'s invitation is not written as one is');
  }
  try {
    i.deskKey = unbase64(told.desk_key);
    i.signature = unbase64(told.signature);
  } catch {
    throw new InvitationError('the desk\'s invitation is not signed');
  }
  if (i.deskKey.length !== 32 || !await verify(i.deskKey, statement(i), i.signature)) {
    throw new InvitationError('the signature of the desk\'s invitation is not right');
  }
  return i;
}

// statement is what the desk signs.
export function statement(i) {
  return framed(...[CONTEXT, i.id, String(i.ticket), i.supporter, i.organisation, i.first, i.role, i.rights.join()].map(utf8), i.deskKey);
}
