import tseslint from 'typescript-eslint';

/** The arrows of the design: who may import whom. Everything not named here may not be imported. */
const forbid = (group, message) => ['error', { patterns: [{ group, message }] }];
const allowOnly = (names, message) => ['error', { patterns: [{ regex: `^(?!\\.{1,2}/|(?:${names.join('|')})(?:/|$))`, message }] }];

const SERVER_ARROWS = {
  db: ['db'],
  mqtt: ['db', 'mqtt'],
  fleet: ['db', 'fleet', 'auth'],
  auth: ['db', 'auth'],
  live: ['db', 'live', 'auth'],
  calendar: ['db', 'auth', 'fleet', 'calendar'],
  notices: ['db', 'fleet', 'live', 'auth', 'media', 'history', 'calendar', 'notices'],
  downlink: ['db', 'audit', 'mqtt', 'fleet', 'live', 'auth', 'media', 'history', 'downlink'],
  audit: ['db', 'auth', 'audit'],
  brokers: ['db', 'mqtt', 'fleet', 'auth', 'brokers'],
  alerts: ['db', 'audit', 'live', 'auth', 'history', 'notices', 'downlink', 'alerts'],
  media: ['media'],
  history: ['db', 'auth', 'media', 'history'],
  judging: ['db', 'fleet', 'alerts', 'intake', 'live', 'auth', 'history', 'judging'],
  intake: ['db', 'audit', 'mqtt', 'fleet', 'alerts', 'notices', 'downlink', 'live', 'auth', 'media', 'intake'],
  people: ['db', 'auth', 'fleet', 'people'],
  yards: ['db', 'fleet', 'live', 'auth', 'history', 'yards'],
  paper: ['db', 'fleet', 'auth', 'media', 'history', 'notices', 'paper'],
  hauls: ['db', 'fleet', 'auth', 'history', 'yards', 'hauls'],
  handovers: ['db', 'live', 'auth', 'history', 'alerts', 'handovers'],
  playback: ['db', 'fleet', 'auth', 'history', 'playback'],
  exports: ['db', 'auth', 'fleet', 'alerts', 'history', 'notices', 'hauls', 'playback', 'exports'],
  evidence: ['db', 'fleet', 'auth', 'audit', 'media', 'history', 'notices', 'downlink', 'alerts', 'paper', 'evidence'],
  stats: ['db', 'mqtt', 'fleet', 'live', 'auth', 'history', 'intake', 'notices', 'stats'],
  reports: ['db', 'fleet', 'live', 'auth', 'audit', 'notices', 'paper', 'stats', 'reports'],
  health: ['db', 'mqtt', 'fleet', 'alerts', 'notices', 'downlink', 'live', 'auth', 'history', 'intake', 'judging', 'health'],
};
const FOLDERS = Object.keys(SERVER_ARROWS);

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'artifacts/**', '**/*.mjs', 'apps/control-room/public/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['apps/control-room/vite.config.ts'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['libs/domain/src/**'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': allowOnly(['@turf', 'flatbush', 'geojson'], 'libs/domain is pure: @turf/*, flatbush and itself.'),
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'The domain has no clock: take the time as an argument.',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The domain has no clock: take the time as an argument.' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'The domain throws no dice.' },
      ],
    },
  },
  {
    files: ['libs/protocols/src/**'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': allowOnly(['@muckwatch/domain', 'zod', 'node:crypto'], 'libs/protocols knows the domain, zod and a hash, nothing else.'),
    },
  },
  {
    files: ['libs/contract/src/**'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': allowOnly(['@muckwatch/domain', 'zod', 'geojson'], 'libs/contract knows the domain and zod, nothing else.') },
  },
  {
    files: ['apps/control-room/src/**'],
    rules: {
      'no-restricted-imports': forbid(
        ['@muckwatch/domain', '@muckwatch/protocols', '**/apps/server/**', '**/apps/simulator/**'],
        'The control room imports the contract only.',
      ),
    },
  },
  {
    files: ['apps/simulator/src/**'],
    rules: {
      'no-restricted-imports': forbid(
        ['@muckwatch/domain', '@muckwatch/contract', '**/apps/server/**', '**/apps/control-room/**'],
        'The simulator knows the protocols only: it is a fleet, not the server.',
      ),
    },
  },
  {
    files: ['apps/server/src/**', 'libs/contract/src/**'],
    ignores: ['**/*.spec.ts', 'apps/server/src/config.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name=/Exception$/]', message: 'A refusal is said in both languages: throw a Refusal, Faults or noSuch().' },
        {
          selector: "CallExpression[callee.property.name='regex'][callee.object.name!='z'][arguments.length>1]",
          message: 'A schema’s own words are said in both languages: .check(matching(pattern, en, zh)).',
        },
        {
          selector: "CallExpression[callee.property.name='refine'][arguments.1.type=/Literal$/]",
          message: 'A schema’s own words are said in both languages: saying(en, zh).',
        },
        {
          selector: "CallExpression[callee.property.name=/^(?:refine|addIssue)$/] > ObjectExpression > Property[key.name='message']",
          message: 'A schema’s own words are said in both languages: saying(en, zh).',
        },
      ],
    },
  },
  ...FOLDERS.map((folder) => ({
    files: [`apps/server/src/${folder}/**`],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': forbid(
        FOLDERS.filter((other) => !SERVER_ARROWS[folder].includes(other)).map((other) => `../${other}/*`),
        `apps/server/src/${folder} may import ${SERVER_ARROWS[folder].join(', ')} and config only.`,
      ),
    },
  })),
  {
    files: ['test/**', '**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
