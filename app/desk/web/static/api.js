// The desk's interface (docs/api.md) as the pages call it.

const PREFIX = '/api/v1';

// Refusal is an answer that is not a success; kind is the desk's word for why,
// 'unreachable' when there was none.
export class Refusal extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

export class Desk {
  // token is kept in the page's memory alone.
  constructor(token = '') {
    this.token = token;
  }

  async call(method, path, body) {
    const headers = { Accept: 'application/json' };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    let answer;
    let value;
    try {
      answer = await fetch(PREFIX + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', credentials: 'omit' });
      value = answer.status === 204 ? null : await answer.json();
    } catch (e) {
      throw new Refusal('unreachable', e.message);
    }
    if (!answer.ok) throw new Refusal(String(value?.kind), String(value?.message));
    return value;
  }

  async signIn(user, password) {
    const signed = await this.call('POST', '/signin', { user, password });
    this.token = signed.token;
    return signed;
  }

  // openScreen signs in by a pass that the desk's pages were given for a ticket.
  async openScreen(ticket, pass) {
    const signed = await this.call('POST', '/signin/screen', { ticket, pass });
    this.token = signed.token;
    return signed;
  }

  async signOut() {
    await this.call('POST', '/signout');
    this.token = '';
  }

  tickets(text) {
    return this.call('GET', `/tickets?limit=50&text=${encodeURIComponent(text)}`);
  }

  ticket(number) {
    return this.call('GET', `/tickets/${number}`);
  }

  ask(number, rights) {
    return this.call('POST', `/tickets/${number}/sessions`, { rights });
  }

  // mark tells the desk what became of a session; that it was told already is fine.
  async mark(id, what, by, reason) {
    try {
      await this.call('POST', `/sessions/${encodeURIComponent(id)}/mark`, { what, by, reason });
    } catch (e) {
      if (e.kind !== 'gone') console.warn(`mark ${what}: ${e.message}`);
    }
  }

  // servers are a session's connection servers, as RTCPeerConnection takes them.
  async servers(id) {
    const { servers } = await this.call('GET', `/sessions/${encodeURIComponent(id)}/ice`);
    return servers.map(({ urls, username, credential }) => ({ urls, username, credential }));
  }

  // room opens a place in a session's room.
  room(id) {
    const url = new URL(`${PREFIX}/sessions/${encodeURIComponent(id)}/room`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    return new WebSocket(url, ['beistand.room.v1', `beistand.token.${this.token}`]);
  }

  // record adds lines to the desk's copy of a session's record.
  async record(id, lines) {
    const body = new Blob(lines.flatMap((l) => [l, '\n']));
    const headers = { 'Authorization': `Bearer ${this.token}`, 'Content-Type': 'application/x-ndjson' };
    const answer = await fetch(`${PREFIX}/sessions/${encodeURIComponent(id)}/record`, { method: 'POST', headers, body, credentials: 'omit' });
    if (!answer.ok) throw new Refusal('record', `the desk answered ${answer.status}`);
  }
}
