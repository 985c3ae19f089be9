// Signatures with Ed25519 (RFC 8032), by the browser's own cryptography.

const ALGORITHM = 'Ed25519';

export async function verify(key, message, signature) {
  try {
    const imported = await crypto.subtle.importKey('raw', key, ALGORITHM, false, ['verify']);
    return await crypto.subtle.verify(ALGORITHM, imported, signature, message);
  } catch (e) {
    if (e?.name === 'DataError') return false; // no key
    throw e;
  }
}

// SigningKey is drawn for one session; its secret half never leaves the browser.
export class SigningKey {
  static async draw() {
    const key = new SigningKey();
    const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
    key.secret = pair.privateKey;
    key.public = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    return key;
  }

  async sign(message) {
    return new Uint8Array(await crypto.subtle.sign(ALGORITHM, this.secret, message));
  }
}
