// Files on their way: how far they are, and their form stays as it is should the desk refuse it.

export function ready() {
  for (const form of document.querySelectorAll('form:has(.sending)')) {
    form.addEventListener('submit', (e) => {
      if (!form.querySelector('.sending').hidden) { e.preventDefault(); return; }
      if (e.defaultPrevented || ![...form.querySelectorAll('input[type=file]')].some((f) => f.files.length > 0)) return;
      e.preventDefault();
      send(form);
    });
  }
}

function send(form) {
  const shown = form.querySelector('.sending');
  const bar = shown.querySelector('progress');
  const way = new XMLHttpRequest(); // fetch does not say how much was sent
  way.open('POST', form.action);
  way.upload.onprogress = (e) => { if (e.lengthComputable) bar.value = (100 * e.loaded) / e.total; };
  way.onload = () => {
    shown.hidden = true;
    if (way.status === 200) {
      history.replaceState(null, '', `${way.responseURL}#newest`);
      location.reload();
      return;
    }
    const page = new DOMParser().parseFromString(way.responseText, 'text/html');
    const why = page.querySelector('[role=alert]');
    if (way.status === 401 || !why) form.submit(); // it takes a whole page to go on
    else tell(form, why.textContent.trim());
  };
  way.onerror = () => {
    shown.hidden = true;
    tell(form, form.querySelector('.sending').dataset.lost);
  };
  bar.value = 0;
  shown.hidden = false;
  way.send(new FormData(form));
}

// tell says why the form was not taken, where it stands without a script.
function tell(form, why) {
  form.querySelector('.problem')?.remove();
  const p = document.createElement('p');
  p.className = 'problem';
  p.setAttribute('role', 'alert');
  p.textContent = why;
  form.prepend(p);
  p.scrollIntoView({ block: 'nearest' });
  delete form.dataset.sent;
}
