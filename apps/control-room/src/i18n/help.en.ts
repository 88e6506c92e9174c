import type { helpZh } from './help.zh.js';

export const helpEn: typeof helpZh = {
  title: 'Help',
  parts: { rules: 'Rules', words: 'Words', keys: 'Keys' },
  rulesWhat: 'Every rule by which violations are found, taken from the program itself; beside each the limits in force in this city.',
  rulesFailed: 'The rules could not be read.',
  find: 'Find',
  findRules: 'Find a rule by name, code or meaning',
  findWords: 'Find a word in Chinese or English',
  noneFound: 'Nothing matches.',
  noneFoundWhy: 'Try another word, or empty the box.',
  limits: 'Limits',
  noLimits: 'No limits to set.',
  inLab: 'Try others in the rule lab',
  all: 'All rules',
  wordsWhat: 'What the words on these pages, in notices and in the interfaces mean.',
  tour: 'Show me around',
  tourNext: 'Next',
  tourBack: 'Back',
  tourEnd: 'Begin the watch',
  tourSteps: {
    counts: ['What is undecided', 'Incidents by severity, worst first. When these are nought, everything has been dealt with.'],
    queue: [
      'The queue',
      'A row is an incident: the alerts of one haul together, the worst at the top. J / K move; what comes in never pushes away the row you are looking at.',
    ],
    map: [
      'The map',
      'Empty trucks are hollow, loaded ones filled, alerting ones have the colour of the severity. Click a truck or a place; layers at the top right.',
    ],
    panel: ['What happened, and why', 'One sentence, then facts, series, the order of things and who was told. The rule’s name opens «Why this alert».'],
    decide: ['Three decisions', 'Acknowledge A, confirm C, dismiss D. Undone within ten seconds, reopened with a reason after.'],
    pages: ['Everything else', 'Permits, looking back, registers and the rule lab are behind this button; ? shows the keys at any time.'],
  },
};
