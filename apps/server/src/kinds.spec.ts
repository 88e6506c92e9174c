import { rolesZh } from '../../control-room/src/i18n/roles.js';
import { zh } from '../../control-room/src/i18n/zh.js';
import { ALERT_STEP_ZH, COMMAND_STATUS_ZH, KINDS, NOTICE_ZH, PLACE_KINDS_ZH, ROLES_ZH } from './kinds.js';

it('calls everything what the pages call it', () => {
  expect(PLACE_KINDS_ZH).toEqual(zh.place);
  expect(ROLES_ZH).toEqual(rolesZh);
  expect(ALERT_STEP_ZH).toEqual(zh.step);
  expect(NOTICE_ZH.status).toEqual(zh.notices.status);
  expect(zh.notices.step).toMatchObject(NOTICE_ZH.step);
  expect(COMMAND_STATUS_ZH).toEqual(zh.commands.status);
  const { companies, trucks, drivers, terminals, cameras, permits } = zh.registry.parts;
  expect(KINDS).toMatchObject({ company: companies, truck: trucks, driver: drivers, terminal: terminals, camera: cameras, permit: permits });
});
