// The states of a session and what leads from one to the next; session/state.go
// draws them. What is not drawn and comes from the other side is tampering;
// what only this side thinks up is passed over.

const EVENTS = {
  Share: 'share', Answered: 'answered', Confirm: 'confirm', Granted: 'granted', Refused: 'refused', Offer: 'offer', Answer: 'answer',
  Candidate: 'candidate', Picture: 'picture', Screen: 'picture', Shape: 'picture', Cursor: 'picture', Figures: 'picture', Shown: 'shown', Recorded: 'recorded', Countersigned: 'countersigned', Paused: 'paused',
  Resumed: 'resumed', Active: 'active', Again: 'again', Ask: 'ask', GiveBack: 'ask',
};
for (const used of ['Pointer', 'Move', 'Button', 'Wheel', 'Key', 'Clip', 'Want', 'Vital', 'Hand', 'Accept', 'Piece', 'Took', 'Done', 'Cancel', 'Own']) EVENTS[used] = 'used';

const BYES = [null, 'bye stopped', 'bye wrong code', 'bye expired', 'bye no way', 'bye no screen', 'bye tampered', 'bye no record', 'bye idle', 'bye too long', 'bye full'];

// PEER is what the other side says.
const PEER = new Set([...Object.values(EVENTS), ...BYES.slice(1), 'unknown']);

// eventOf is what a message means to the states.
export const eventOf = (m) => (m.kind === 'Bye' ? BYES[m.reason] : EVENTS[m.kind]) ?? 'unknown';

const STATES = ['waiting', 'agreeing', 'asking', 'connecting', 'live', 'paused', 'ended'];

// reached says whether a state is this one or a later one.
export const reached = (state, least) => STATES.indexOf(state) >= STATES.indexOf(least);

const to = (next, ...events) => Object.fromEntries(events.map((e) => [e, next]));

const ONWARD = {
  viewer: {
    waiting: { joined: 'agreeing', answered: 'asking' },
    agreeing: { answered: 'asking' },
    asking: { granted: 'connecting', recorded: 'asking' },
    connecting: { ...to('connecting', 'offer', 'candidate', 'recorded'), opened: 'live' },
    live: { ...to('live', 'offer', 'candidate', 'picture', 'recorded', 'active', 'granted', 'refused', 'used'), paused: 'paused' },
    paused: { ...to('paused', 'offer', 'candidate', 'recorded', 'active', 'granted', 'refused', 'used', 'paused'), resumed: 'live' },
  },
  host: {
    waiting: { share: 'agreeing' },
    agreeing: { confirm: 'asking' },
    asking: { yes: 'connecting', countersigned: 'asking' },
    connecting: { ...to('connecting', 'answer', 'candidate', 'countersigned', 'again'), opened: 'live' },
    live: { ...to('live', 'candidate', 'shown', 'countersigned', 'active', 'answer', 'again', 'ask', 'used'), pause: 'paused' },
    paused: { ...to('paused', 'candidate', 'shown', 'countersigned', 'active', 'answer', 'again', 'ask', 'used'), resume: 'live' },
  },
};

// next gives {state} or, for the end, {state, problem, by, reason}; problem is
// null when one of the two people ended it.
export function next(role, state, event) {
  if (state === 'ended') return { state };
  const own = role === 'viewer' ? 'supporter' : 'customer';
  const other = role === 'viewer' ? 'customer' : 'supporter';
  const over = (problem, by, reason) => ({ state: 'ended', problem, by, reason });
  const stay = { state };
  const tampered = over('tampered', 'network', 'a message was tampered with');
  const late = reached(state, 'live');
  switch (event) {
    case 'stop': return over(null, own, `ended by the ${own}`);
    case 'bye stopped':
      if (role === 'viewer' && state === 'asking') return over('refused', 'customer', 'the customer closed the question');
      return over(null, other, `ended by the ${other}`);
    case 'mismatch': return state === 'agreeing' || state === 'waiting' ? over('wrongCode', 'supporter', 'the code was wrong') : tampered;
    case 'bye wrong code':
      return state === 'agreeing' || state === 'asking' || (role === 'viewer' && state === 'waiting') ? over('wrongCode', 'supporter', 'the code was wrong') : tampered;
    case 'bye expired': return over('expired', 'desk', 'the code has expired');
    case 'bye no way': return late ? over('connectionLost', 'network', 'the connection was lost') : over('noConnection', 'network', 'no connection came about');
    case 'bye no screen': return role === 'viewer' ? over('noScreen', 'customer', 'the screen could not be read') : tampered;
    case 'bye no record': return over('noRecord', other, `the ${other}'s program could not keep the record`);
    case 'no record': return over('noRecord', own, `the ${own}'s program could not keep the record`);
    case 'bye full': return role === 'viewer' && late ? over('recordFull', 'customer', 'the session\'s record was full') : tampered;
    case 'full': return over('recordFull', 'customer', 'the session\'s record was full');
    case 'bye idle': return role === 'viewer' && late ? over('idle', 'customer', 'nothing happened for 10 minutes') : tampered;
    case 'bye too long': return role === 'viewer' && late ? over('tooLong', 'customer', 'it had lasted for 60 minutes') : tampered;
    case 'idle': return role === 'host' && late ? over('idle', 'customer', 'nothing happened for 10 minutes') : stay;
    case 'longest': return role === 'host' && late ? over('tooLong', 'customer', 'it had lasted for 60 minutes') : stay;
    case 'fault': return over('fault', own, 'the page could not go on'); // its own
    case 'bye tampered':
    case 'tampered': return tampered;
    case 'expired': return state === 'waiting' ? over('expired', 'desk', 'the code has expired') : stay;
    case 'unanswered': return state === 'agreeing' ? over('peerLeft', other, `the ${other}'s program does not answer`) : stay;
    case 'silence': return state === 'asking' ? over('refused', 'customer', 'the customer did not answer') : stay;
    case 'no way': return state === 'connecting' ? over('noConnection', 'network', 'no connection came about') : stay;
    case 'no screen': return late ? over('noScreen', 'customer', 'the screen could not be read') : stay;
    case 'lost':
      if (late) return over('connectionLost', 'network', 'the connection was lost');
      return state === 'connecting' ? over('noConnection', 'network', 'no connection came about') : stay;
    case 'peer left': return state === 'agreeing' || state === 'asking' ? over('peerLeft', other, `the ${other} has left`) : stay;
    case 'room lost': return reached(state, 'connecting') ? stay : over('desk', 'network', 'the desk cannot be reached');
    case 'desk ended': return late ? stay : over('desk', 'desk', 'ended by the desk');
    case 'desk over': return late ? over('desk', 'desk', 'ended by the desk') : stay;
    case 'desk expired': return late ? stay : over('expired', 'desk', 'the code has expired');
    case 'refused': if (role === 'viewer' && state === 'asking') return over('refused', 'customer', 'the customer refused'); break;
    case 'no': if (role === 'host' && state === 'asking') return over('refused', 'customer', 'the customer refused'); break;
  }
  const onward = ONWARD[role][state][event];
  if (onward) return { state: onward };
  return PEER.has(event) ? tampered : stay;
}
