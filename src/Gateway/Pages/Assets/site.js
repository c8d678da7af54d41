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

// A browser that can show notifications is offered as a channel: the form gets the subscription, then it is sent as any other.
for (const form of document.querySelectorAll('form[data-push-key]')) {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) continue;
  const { url, p256dh, auth, platform } = form.elements;

  const subscribe = async () => {
    if (await Notification.requestPermission() !== 'granted') throw new Error('not allowed');
    await navigator.serviceWorker.register('push.js');
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: form.dataset.pushKey };
    try {
      return await pushManager.subscribe(options);
    } catch (fault) {
      // It is subscribed with a key that the service had before.
      const old = await pushManager.getSubscription();
      if (!old) throw fault;
      await old.unsubscribe();
      return await pushManager.subscribe(options);
    }
  };

  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const refused = form.querySelector('[role=alert]');
    refused.hidden = true;
    try {
      const { endpoint, keys } = (await subscribe()).toJSON();
      [url.value, p256dh.value, auth.value] = [endpoint, keys.p256dh, keys.auth];
      platform.value = (navigator.userAgentData?.platform || navigator.platform || '').slice(0, 30);
      form.submit();
    } catch {
      refused.hidden = false;
    }
  });
}
