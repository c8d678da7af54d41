// Lists renew themselves while they are looked at; one small question every two seconds, the page only when the answer changed.
const live = document.querySelector('[data-live]');
if (live) {
  const state = live.dataset.live;
  let known = null;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const now = await (await fetch(state)).text();
      if (known !== null && now !== known) {
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
        for (const part of document.querySelectorAll('[data-part]')) {
          const next = page.querySelector(`[data-part="${part.dataset.part}"]`);
          if (next) part.replaceWith(next);
        }
        localTimes();
      }
      known = now;
    } catch { /* The server is away; ask again. */ }
  }, 2000);
}

// A mail is shown as high as it is. Its frame runs no scripts, so its height is read from here.
for (const frame of document.querySelectorAll('iframe.mail')) {
  const fit = () => {
    const content = frame.contentDocument?.documentElement;
    if (!content) return;
    // A page is never lower than its frame: make the frame low before asking.
    frame.style.height = '0';
    frame.style.height = `${Math.max(200, content.scrollHeight)}px`;
  };
  frame.addEventListener('load', () => {
    fit();
    for (const image of frame.contentDocument?.images ?? []) image.addEventListener('load', fit);
  });
  addEventListener('resize', fit);
}

// Buttons that ask the server to misbehave, for one phrase or recipient where one is given.
document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-fault], button[data-clear-faults]');
  if (!button) return;
  const scope = document.querySelector('input[data-scope]');
  const fault = button.dataset.fault && JSON.parse(button.dataset.fault);
  if (fault && scope.value.trim()) fault[scope.dataset.scope] = scope.value.trim();
  const answer = await fetch('/demo/faults', fault
    ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fault) }
    : { method: 'DELETE' });
  if (answer.ok) location.reload();
  else alert((await answer.json()).error);
});

function localTimes() {
  for (const time of document.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    time.textContent = time.hasAttribute('data-long') ? at.toLocaleString() : at.toLocaleTimeString();
    time.title = at.toISOString();
  }
}
localTimes();
