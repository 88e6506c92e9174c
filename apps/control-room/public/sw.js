/* Keeps the page's own files, so that it opens at once and without a network. Nothing below /api is ever kept, nor answered from here. */
const SHELL = 'shell-__VERSION__';

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  ),
);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  // Files under assets/ bear a hash in their names and never change.
  if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request));
  // The one page, newest first; the kept one where there is no network.
  else if (request.mode === 'navigate' && !/^\/(?:api|health|metrics|socket\.io)(?:\/|$)/.test(url.pathname)) event.respondWith(newest(request));
});

async function kept(request) {
  const shell = await caches.open(SHELL);
  const known = await shell.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await shell.put(request, answer.clone());
  return answer;
}

async function newest(request) {
  const shell = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok) await shell.put('/', answer.clone());
    return answer;
  } catch (error) {
    const known = await shell.match('/');
    if (known) return known;
    throw error;
  }
}
