import { zh } from '../../control-room/src/i18n/zh.js';
import { KINDS } from './kinds.js';

it('calls everything what the pages call it', () => {
  const { companies, trucks, drivers, terminals, cameras, permits } = zh.registry.parts;
  expect(KINDS).toMatchObject({ company: companies, truck: trucks, driver: drivers, terminal: terminals, camera: cameras, permit: permits });
});
