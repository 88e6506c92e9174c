import type { mayZh } from './may.zh.js';

export const mayEn: typeof mayZh = {
  notOffered: {
    rules: 'Notice rules hold for the whole city: supervisors and administrators who see all of it change them. Your account sees a part; you can read them.',
    calendar:
      'The working calendar holds for the whole city: supervisors and administrators who see all of it change it. Your account sees a part; you can read it and work out deadlines.',
    route:
      'A new route is drawn by supervisors and administrators who see the whole city. Your account sees a part of it; routes that a permit names can be changed.',
    lab: 'The rule lab judges the whole city’s data: it is for those who may see all of it.',
    run: 'You can look at what others tried; supervisors and administrators judge.',
    limits: 'A supervisor or an administrator can save these as the city’s limits.',
    quarantine: 'What could not be used belongs to no part of the city: it is shown to those who may see all of it.',
    drivers: 'Drivers are kept by the company’s dispatcher or an administrator.',
  },
};
