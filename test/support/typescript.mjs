// Lets Node run the TypeScript sources: `node --import ./test/support/typescript.mjs file.ts`. For child processes and workers of tests only:
// Jest has its own transform, and what is shipped is compiled.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
