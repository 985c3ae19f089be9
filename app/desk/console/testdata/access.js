// What keeps somebody with a keyboard, a screen reader or weak eyes from using a page; a list of sentences.
(() => {
  const wrong = [];
  const $$ = (selector) => [...document.querySelectorAll(selector)];
  const what = (e) => e.outerHTML.slice(0, 120);
  const seen = (e) => e.checkVisibility({ checkVisibilityCSS: true });
  const one = (selector, name) => { if ($$(selector).length !== 1) wrong.push(`${$$(selector).length} ${name}`); };

  if (!document.documentElement.lang) wrong.push('no language');
  if (!document.title.trim()) wrong.push('no title');
  one('main', 'mains');
  one('h1', 'first headings');
  one('body > header', 'headers');
  one('body > footer', 'footers');
  const way = document.querySelector('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
  if (!way?.matches('a.skip') || !document.querySelector('main')?.matches(way.hash) || document.querySelector('main').tabIndex !== -1) wrong.push('nothing leads past the frame');
  const named = $$('nav').map((n) => n.getAttribute('aria-label'));
  if (new Set(named).size !== named.length) wrong.push(`two navigations have one name: ${named}`);
  for (const e of $$('a[href], button, label, summary')) if (e.matches('a, button') && e.querySelector('a, button, input, select')) wrong.push(`one thing to use inside of another: ${what(e)}`);
  for (const e of $$('main [role=alert][id]')) if (seen(e) && e.id === 'problem' && $$(`[aria-describedby~=problem]`).length !== 1) wrong.push('what is wrong is tied to no field');
  let last = 0;
  for (const h of $$('h1, h2, h3, h4, h5, h6').filter((h) => seen(h) && !h.closest('.written'))) {
    const level = Number(h.tagName[1]);
    if (level > last + 1) wrong.push(`a heading skips a level: ${what(h)}`);
    last = level;
  }
  for (const n of $$('nav')) if (!n.getAttribute('aria-label')) wrong.push(`a navigation without a name: ${what(n)}`);
  const ids = new Map();
  for (const e of $$('[id]')) ids.set(e.id, (ids.get(e.id) ?? 0) + 1);
  for (const [id, n] of ids) if (n > 1) wrong.push(`${n} things are called #${id}`);
  for (const name of ['aria-labelledby', 'aria-describedby', 'for', 'list']) {
    for (const e of $$(`[${name}]`)) for (const id of e.getAttribute(name).split(' ')) if (!ids.has(id)) wrong.push(`${name} leads nowhere: ${what(e)}`);
  }
  for (const e of $$('input:not([type=hidden]), select, textarea')) {
    const label = e.getAttribute('aria-label') || [...e.labels ?? []].map((l) => l.textContent).join('');
    if (!label.trim()) wrong.push(`a field without a label: ${what(e)}`);
  }
  for (const e of $$('button, a[href], summary')) if (!(e.textContent.trim() || e.getAttribute('aria-label'))) wrong.push(`without a name: ${what(e)}`);
  for (const e of $$('img')) if (!e.hasAttribute('alt')) wrong.push(`a picture without words: ${what(e)}`);
  for (const e of $$('th')) if (!e.scope && !e.closest('.written')) wrong.push(`a table's heading without scope: ${what(e)}`);
  for (const e of $$('[tabindex]')) if (e.tabIndex > 0) wrong.push(`out of the order: ${what(e)}`);
  for (const e of $$('fieldset')) if (!e.querySelector('legend')) wrong.push(`a group without a name: ${what(e)}`);
  for (const e of $$('[style], script:not([src]), style')) if (e.tagName !== 'SCRIPT' || !e.src) wrong.push(`something inline: ${what(e)}`);
  if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push(`wider than the window: ${document.documentElement.scrollWidth} of ${innerWidth}`);

  // Contrast (WCAG 2.2, 1.4.3): 4.5, or 3 for what is large.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  canvas.canvas.width = canvas.canvas.height = 1;
  const colours = new Map();
  const rgba = (css) => {
    if (!colours.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      colours.set(css, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return colours.get(css);
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => (c * top[3] + below[i] * (255 - top[3])) / 255);
  const behind = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), rgba(matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#fff'));
  };
  const light = (c) => {
    const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = new Set();
  for (let n = texts.nextNode(); n; n = texts.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || !seen(e) || e.closest('.unseen, .skip, option, noscript')) continue;
    const style = getComputedStyle(e);
    const ground = behind(e);
    const [a, b] = [light(over(rgba(style.color), ground)), light(ground)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const key = `${style.color} on ${ground.map(Math.round)}`;
    if (ratio < least && !told.has(key)) { told.add(key); wrong.push(`${ratio.toFixed(2)} to 1: ${key}: ${what(e)}`); }
  }
  return wrong;
})()
