// What a person is told about a session: how it stands, and why it ended.

import { t } from './texts.js';
import { HOLDS } from './wire.js';

// clock is a time in ms as minutes and seconds.
export function clock(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}

const WAITING = {
  waiting: 'Waiting for the customer\'s program …',
  code: 'The code is being checked …',
  consent: 'The code is right. Now the customer is asked for consent …',
  connecting: 'The two computers are being connected …',
};

// veil is what stands in the picture's place: {title, todo, busy, dim}, or null.
export function veil(e, shown) {
  const notice = (title, todo, more) => ({ title: t(title), todo: todo ? t(todo) : '', ...more });
  if (WAITING[e.phase]) return notice(WAITING[e.phase], '', { busy: true });
  if (e.phase !== 'live') return null;
  if (e.held & HOLDS.customer) return notice('Paused by the customer', 'Nothing is shown until the customer goes on.');
  if (e.held & HOLDS.locked) return notice('The customer\'s screen is locked', 'Nothing is shown until the customer comes back and unlocks it.');
  if (e.held & HOLDS.observer) return notice('The observer is missing', 'The customer\'s organisation wants somebody to look on. It goes on when they are there.');
  if (e.broken) {
    return notice('The connection is interrupted', e.broken === 'desk'
      ? 'The desk cannot be reached either. It comes back by itself as soon as there is a network again.' : 'It comes back by itself; nobody need do anything.', { dim: shown });
  }
  if (!e.rights.includes('see')) return notice('The screen is not shown', 'You can ask for it above. What else is allowed goes on.');
  return shown ? null : notice('Waiting for the first picture …', '', { busy: true });
}

// standing is the line that says how it stands.
export function standing(e, about, since) {
  const values = { Name: about.name || t('the customer'), Number: about.number };
  if (e.phase !== 'live' || !since) return t('{Name}, ticket {Number}', values);
  if (e.broken) return t('{Name}, ticket {Number}: interrupted for {Time}', { ...values, Time: clock(Date.now() - e.brokenSince) });
  const path = t(e.path === 'relayed' ? 'relayed connection' : 'direct connection');
  let line = t('{Name}, ticket {Number}: live for {Time}, {Path}', { ...values, Time: clock(Date.now() - since), Path: path });
  if (e.warns) line += ` · ${t(e.warns.idle ? 'ends in {Time}, because nothing happens' : 'ends in {Time}, after 60 minutes', { Time: clock(e.warns.in * 1000) })}`;
  return line;
}

const AGAIN = 'Ask for a session again; a new code will appear.';
const TELL = 'Tell the desk\'s administrator before you try again.';
const MORE = 'If there is more to see, ask again.';
const PROBLEMS = {
  wrongCode: ['The code was wrong, so it is used up and nothing was shown.', AGAIN],
  refused: ['The customer did not allow it.', 'Talk to the customer, then ask again if both of you agree.'],
  expired: ['The code was not used in time and is no longer valid.', AGAIN],
  peerLeft: ['The other side has left.', 'Ask again when both are there.'],
  desk: ['The desk has ended this session.', 'Ask again; if it happens again, tell the desk\'s administrator.'],
  noConnection: ['The two computers could not be connected.', 'Check the network on both sides, then ask again.'],
  connectionLost: ['The connection between the two computers was lost.', 'Ask again when the network is back.'],
  noScreen: ['The customer\'s screen can no longer be read.', MORE],
  noRecord: ['The session was ended because its record could not be written.', MORE],
  idle: ['Nothing happened for 10 minutes, so the session was ended.', MORE],
  tooLong: ['The session lasted for 60 minutes, which is the longest time, so it was ended.', MORE],
  recordFull: ['The session\'s record was full, so the session was ended.', MORE],
  fault: ['Something in this page went wrong, so the session was ended.', MORE],
  tampered: ['Somebody on the way has altered this session\'s messages, so it was ended; nothing was shown to them.', TELL],
};

// ending is [what, todo] about an outcome; seen is how long the screen was seen, in ms.
export function ending(outcome, seen) {
  const problem = PROBLEMS[outcome.problem];
  if (problem) {
    const [what, todo] = problem.map((s) => t(s));
    return [what, outcome.why ? `${todo} ${t('Reason: {Why}', { Why: outcome.why })}` : todo];
  }
  if (seen === null) return [t(outcome.by === 'supporter' ? 'You stopped before anything was shown.' : 'Nothing was shown.'), ''];
  return [t(outcome.by === 'supporter' ? 'You stopped looking after {Time}.' : 'The customer stopped showing the screen after {Time}.', { Time: clock(seen) }), ''];
}
