// How the commands beside the server speak to a running one: over its HTTP API, as any other program.
export function options(args, known, usage) {
  const found = {};
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i]?.replace(/^--/, '');
    if (!args[i]?.startsWith('--') || !known.includes(name) || args[i + 1] === undefined) fail(`${args[i] ?? ''} is not understood.\n${usage}`);
    found[name] = args[i + 1];
  }
  return found;
}

/** Signed in with the API token MUCKWATCH_TOKEN, or as `--user` (admin) with ADMIN_PASSWORD, at `--url` (PUBLIC_URL, or localhost on PORT). */
export async function connect(asked) {
  const { base, token } = await signIn(asked);
  return (method, path, body) => call(base, token, method, path, body);
}

/** Likewise, to read what is answered as text. */
export async function connectText(asked) {
  const { base, token } = await signIn(asked);
  return async (path) => (await answerOf(base, token, 'GET', path)).text();
}

async function signIn({ url = process.env.PUBLIC_URL ?? `http://localhost:${process.env.PORT ?? 3000}`, user = 'admin' }) {
  const base = `${url.replace(/\/$/, '')}/api/v1`;
  if (process.env.MUCKWATCH_TOKEN) return { base, token: process.env.MUCKWATCH_TOKEN };
  const password = process.env.ADMIN_PASSWORD;
  if (!password) fail(`The password of ${user} is read from ADMIN_PASSWORD, which is not set; nor is MUCKWATCH_TOKEN.`);
  const { token } = await call(base, null, 'POST', '/auth/login', { username: user, password });
  return { base, token };
}

async function call(...asked) {
  return (await answerOf(...asked)).json().catch(() => ({}));
}

async function answerOf(base, token, method, path, body) {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(base + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }).catch((error) =>
    fail(`${base} cannot be reached (${error.cause?.code ?? error.message}); is the server running?`),
  );
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  fail(
    [answer.detail ?? answer.title ?? `HTTP ${response.status}`, ...(answer.errors ?? []).map(({ path: field, message }) => `  ${field}: ${message}`)].join(
      '\n',
    ),
  );
}

export function fail(why) {
  console.error(why);
  process.exit(2);
}
