// The service worker of the pages: it shows what is pushed to this browser, also while no page is open. It answers no requests of pages.
'use strict';

self.addEventListener('push', event => {
  let message;
  try { message = event.data.json(); } catch { return; /* It is not of this service. */ }
  const { title, body, image, tag, url } = message;
  event.waitUntil(self.registration.showNotification(title, { body, image, tag, data: { url } }));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
