// What a customer can allow, each by itself (session/rights).

// RIGHTS are all of them, in the order in which they are written.
export const RIGHTS = ['see', 'point', 'control', 'film', 'clipboard-in', 'clipboard-out', 'files-in', 'files-out', 'vitals', 'logs', 'system'];

// inOrder gives a list's words in their order; what is none of them is left out.
export const inOrder = (some) => RIGHTS.filter((r) => some.includes(r));

// isList says whether these are some, each once.
export function isList(some) {
  return Array.isArray(some) && some.length > 0 && new Set(some).size === some.length && some.every((r) => RIGHTS.includes(r));
}

// isOrdered says whether they also stand in their order.
export const isOrdered = (some) => isList(some) && inOrder(some).join() === some.join();
