// npm run mosquitto:files -- --out DIR [--pid FILE] [--url URL] [--user NAME]       writes DIR/passwords and DIR/acl, and has Mosquitto (whose pid is in FILE) read them
// npm run mosquitto:files -- --print passwords|acl [--url URL] [--user NAME]        prints one of them
// Both are made from the registry of a running server: who is in use, with a hash of their secret, and each below its own id.
import { chown, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connectText, fail, options } from './client.mjs';

const FILES = ['passwords', 'acl'];
const USAGE = 'npm run mosquitto:files -- --out DIR [--pid FILE] | --print passwords|acl  [--url URL] [--user NAME]';
const asked = options(process.argv.slice(2), ['out', 'pid', 'print', 'url', 'user'], USAGE);
if (!asked.out === !asked.print || (asked.print && !FILES.includes(asked.print))) fail(USAGE);

const read = await connectText(asked);
if (asked.print) process.stdout.write(await read(`/brokers/mosquitto/${asked.print}`));
else {
  const files = await Promise.all(FILES.map(async (name) => ({ path: join(asked.out, name), text: await read(`/brokers/mosquitto/${name}`) })));
  await mkdir(asked.out, { recursive: true }).catch((error) => fail(`--out ${asked.out}: ${error.message}`));
  const written = [];
  for (const { path, text } of files) if (await replaced(path, text)) written.push(path);
  console.log(written.length > 0 ? `Written: ${written.join(', ')}.` : 'Nothing has changed.');
  for (const line of files[0].text
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .slice(1))
    console.log(line.replace(/^# ?/, '  '));
  if (asked.pid && written.length > 0) await tell(asked.pid);
}

/** As a whole or not at all: Mosquitto may read at any moment. Whose the file is and who may read it stays. */
async function replaced(path, text) {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return false;
  const before = await stat(path).catch(() => null);
  const part = `${path}.${process.pid}.part`;
  try {
    const file = await open(part, 'wx', before ? before.mode & 0o777 : 0o600);
    await file.writeFile(text);
    await file.sync();
    await file.close();
    if (before)
      await chown(part, before.uid, before.gid).catch(() =>
        console.error(`${path} was of user ${before.uid} and now is ours: is Mosquitto still able to read it?`),
      );
    await rename(part, path);
    return true;
  } catch (error) {
    await rm(part, { force: true });
    return fail(`${path} could not be written: ${error.message}`);
  }
}

async function tell(file) {
  const pid = Number((await readFile(file, 'utf8').catch((error) => fail(`--pid ${file}: ${error.message}`))).trim());
  if (!Number.isInteger(pid) || pid < 1) fail(`--pid ${file}: there is no process id in it.`);
  try {
    process.kill(pid, 'SIGHUP');
    console.log('Mosquitto was told to read them again.');
  } catch (error) {
    fail(`Mosquitto (process ${pid}) could not be told: ${error.message}`);
  }
}
