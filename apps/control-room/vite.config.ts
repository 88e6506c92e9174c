import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const repo = fileURLToPath(new URL('../..', import.meta.url));
const server = process.env.MUCKWATCH_SERVER ?? 'http://127.0.0.1:3000';

/** What is worth less than a packet compressed is sent as it is. */
const WORTH_BYTES = 1_024;
const TEXT = /\.(?:js|css|html|svg|webmanifest)$/;

/**
 * Once the files are written: each text also as .br and .gz, so that the server compresses nothing while it judges trucks; and the service
 * worker is told a version that changes with every file, which is what ends an older one.
 */
const packed = (folder: string): Plugin => ({
  name: 'packed',
  apply: 'build',
  async closeBundle() {
    const names = (await readdir(folder, { recursive: true })).sort();
    const worker = join(folder, 'sw.js');
    const version = createHash('sha256').update(names.join()).digest('hex').slice(0, 12);
    await writeFile(worker, (await readFile(worker, 'utf8')).replace('__VERSION__', version));
    for (const name of names.filter((one) => TEXT.test(one) && one !== 'sw.js')) {
      const text = await readFile(join(folder, name));
      if (text.length < WORTH_BYTES) continue;
      await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
      await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(text, { level: 9 }));
    }
  },
});

export default defineConfig({
  root,
  plugins: [react(), packed(`${repo}dist/apps/control-room`)],
  resolve: {
    alias: {
      '@muckwatch/contract': `${repo}libs/contract/src/index.ts`,
      '@muckwatch/domain': `${repo}libs/domain/src/index.ts`,
    },
  },
  build: {
    outDir: `${repo}dist/apps/control-room`,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // Inlined files would be `data:` scripts and fonts, which the server's content policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The schemas of the contract do nothing by being loaded: what a page does not use of them (all of zod) falls away.
      treeshake: { moduleSideEffects: (id) => !/[\\/]libs[\\/](contract|domain)[\\/]/.test(id) },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', priority: 10, test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'leaflet', test: /node_modules[\\/]leaflet[\\/]/ },
            // What every page begins with, in one file: over 3G a question costs more than a kilobyte.
            {
              name: 'shell',
              test: /control-room[\\/]src[\\/](?:app[\\/](?:api|time|cityClock|plate|router|remember|useNow|Waiting|Fault)|auth[\\/]session|i18n[\\/]index|live[\\/]liveStore|theme[\\/](?:theme|tokens)|notice[\\/](?:order|says|deadline|noticeStore)|own[\\/](?:ownRoute|placeNames))\.tsx?$/,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': server, '/health': server, '/socket.io': { target: server, ws: true } },
  },
});
