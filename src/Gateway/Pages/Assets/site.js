// Everything works without this script. It adds the time zone to a form that asks for it, and the preview while one types.
'use strict';

const addTimeZone = root => {
  for (const field of root.querySelectorAll('input[data-time-zone]')) {
    try { field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || field.value; } catch { /* The default stays. */ }
  }
};
addTimeZone(document);

for (const form of document.querySelectorAll('form[data-live]')) {
  const pause = 700;
  const shortest = 3;
  let timer = 0, asked = '', running = null;

  const show = async () => {
    const phrase = form.elements.phrase.value.trim();
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== '')).toString();
    if (phrase.length < shortest || query === asked || !form.checkValidity()) return;
    asked = query;
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(`${document.baseURI}?${query}`, { signal: running.signal, headers: { accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const [now, next] = [document.getElementById(form.dataset.live), page.getElementById(form.dataset.live)];
      if (!next || !answer.ok) return;
      const typed = [...now.querySelectorAll('input:not([type=hidden]), select')].map(field => [field.name, field.value]);
      now.replaceChildren(...next.childNodes);
      for (const [name, value] of typed) {
        const field = now.querySelector(`[name="${name}"]`);
        if (field) field.value = value;
      }
      addTimeZone(now);
      history.replaceState(null, '', `${document.baseURI}?${query}`);
    } catch { /* The button still asks. */ }
  };

  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(show, pause); });
  form.addEventListener('change', () => { clearTimeout(timer); timer = setTimeout(show, pause); });
}
