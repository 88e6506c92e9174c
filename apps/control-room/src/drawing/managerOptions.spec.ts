import type { Manager } from '@muckwatch/contract';
import { zh } from '../i18n/zh.js';
import { managerOptions } from './managerOptions.js';

const manager = (accountId: string, name: string, places: string[] = []): Manager => ({
  accountId,
  name,
  role: 'site-manager',
  places: places.map((id) => ({ id, name: id })),
});

it('names who was found and who is chosen, each with what tells two of one name apart', () => {
  const [li, other] = [manager('m1', '李工', ['一号工地']), manager('m2', '李工')];
  const known = new Map([
    ['m1', li],
    ['m3', manager('m3', '王工')],
  ]);
  expect(managerOptions(['m3', 'm1', 'gone'], [li, other], known, zh).map(({ value, label, about }) => [value, label, about])).toEqual([
    ['m1', '李工', '工地负责人 · 一号工地'],
    ['m2', '李工', '工地负责人 · 还没有管理的场所'],
    ['m3', '王工', '工地负责人 · 还没有管理的场所'],
    ['gone', '范围外或已停用的账号 gone', ''],
  ]);
});
