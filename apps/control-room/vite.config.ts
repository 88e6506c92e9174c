import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const repo = fileURLToPath(new URL('../..', import.meta.url));
const server = process.env.MUCKWATCH_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root,
  plugins: [react()],
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
