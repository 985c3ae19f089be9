// A ticket's changes as the desk tells them: server-sent events, read with
// fetch because an EventSource cannot name its token.

const MAX_EVENT = 256 << 10; // characters
const RETRY = [1000, 10_000]; // ms between two tries: at first, at most

// follow calls heard({kind, session, …}) for each change until signal ends it.
export async function follow(desk, number, heard, signal) {
  for (let wait = RETRY[0]; !signal.aborted; wait = Math.min(wait * 2, RETRY[1])) {
    try {
      const answer = await fetch(`/api/v1/tickets/${number}/events`, { headers: { Authorization: `Bearer ${desk.token}` }, cache: 'no-store', credentials: 'omit', signal });
      if (answer.status === 401 || answer.status === 403) throw new Refused(`the desk answered ${answer.status}`);
      if (answer.ok) {
        wait = RETRY[0];
        await read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), heard);
      }
    } catch (e) {
      if (signal.aborted) return;
      if (e instanceof Refused) throw e;
    }
    await new Promise((done) => { setTimeout(done, wait); });
  }
}

class Refused extends Error {}

async function read(reader, heard) {
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    if (rest.length > MAX_EVENT) throw new Error('an event is too long');
    const events = rest.split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter((l) => l.startsWith('data:')).map((l) => l.slice(5).trimStart()).join('\n');
      if (data) heard(JSON.parse(data));
    }
  }
}
