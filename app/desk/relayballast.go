package desk

// relayBallast counts as memory in use when it is decided how much garbage may
// gather before it is collected. It is never touched, so that the system gives
// nothing for it. A desk is small, every relayed packet leaves some garbage in
// the relay's library, and without this a fifth of what relaying took was
// collecting it. It costs half its size at the desk's GOGC of 50.
const relayBallast = 32 << 20 // bytes
