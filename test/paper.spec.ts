import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NoticeDetail } from '@muckwatch/contract';
import { SECRET } from './support/city.js';
import { eventually, Street } from './notices/street.js';
import { whereItIsRead, wordsOf } from './support/paper.js';
import { ARTIFACTS } from './support/screens.js';
import { bytes } from './support/bytes.js';

/** 8 × 6 grey pixels. */
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAAGAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABsQAAICAwEAAAAAAAAAAAAAAAECAAMEESEx/9oACAEBAAA/AFNWFj15DZCV6sYaJ2fJ/9k=';

let street: Street;
let notice: NoticeDetail;
let manager: { id: string; token: string };

beforeAll(async () => {
  street = await Street.open();
  manager = await street.person('王工', 'site-manager', { placeIds: ['s1'] }).catch(() => street.person('wang', 'site-manager', { placeIds: ['s1'] }));
  await street.call('post', '/cameras').send({ id: 'gate', placeId: 's1', name: '南门', secret: SECRET }).expect(201);
  const alert = await street.uncovered();
  const gate = await street.device('gate');
  const seen = { id: 'p1', kind: 'pass', direction: 'out', time: alert.began, plate: alert.truck.plate, plateConfidence: 0.98 };
  await gate.publishAsync('muck/v1/cameras/gate/sightings', JSON.stringify({ ...seen, snapshot: { type: 'image/jpeg', data: JPEG } }), { qos: 1 });
  const { id } = await street.noticeOf(alert, manager.id);
  notice = await eventually(
    'its picture is known',
    () => street.notice(id),
    ({ picture }) => picture !== null,
  );
}, 180_000);
afterAll(() => street.close());

const paper = async (token: string) => {
  const answer = await street.call('get', `/notices/${notice.id}/paper`, token).buffer().parse(bytes).expect(200);
  return answer.body as Buffer;
};

describe('a notice on paper', () => {
  it('is a PDF of its own name, for whoever may read it, and for nobody else', async () => {
    const pdf = await paper(manager.token);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
    const stranger = await street.person('stranger', 'site-manager', { placeIds: ['yard-of-s1'] });
    await street.call('get', `/notices/${notice.id}/paper`, stranger.token).expect(404);
  });

  whereItIsRead('says the same as the page: number, plate, place, sentence and facts, in Chinese', async () => {
    mkdirSync(ARTIFACTS, { recursive: true });
    const pdf = await paper(manager.token);
    writeFileSync(join(ARTIFACTS, 'notice.pdf'), pdf);
    const words = wordsOf(pdf).replaceAll(/\s+/g, '');
    const has = (text: string) => expect(words).toContain(text.replaceAll(/\s+/g, ''));
    has('渣土运输违规告知单');
    has(notice.number);
    has(notice.truck.plate!);
    has(notice.company!.name);
    has(notice.rule!.name.zh);
    has(notice.summary.zh);
    has(`${notice.position!.lat.toFixed(6)}, ${notice.position!.lon.toFixed(6)}`);
    has('卡口抓拍');
    expect(words).not.toContain('图片无法读取');
    expect(words).toContain(`/#/notice/${notice.id}`.replaceAll(/\s+/g, ''));
  });
});

describe('an export', () => {
  it('has what the list has, in the language asked for, and no more than may be seen', async () => {
    const rows = async (path: string, token?: string) => {
      const answer = await street
        .call('get', path, token)
        .expect(200)
        .expect('Content-Disposition', /attachment/);
      return answer.text.trim().split('\n');
    };
    const [heading, row] = await rows('/exports/notices?language=zh', manager.token);
    expect(heading).toContain('编号,事项,严重程度');
    expect(row).toContain(notice.number);
    expect((await rows('/exports/alerts?language=en'))[0]).toContain('id,rule,severity');
    expect(await rows('/exports/alerts?rule=uncovered-load&language=en')).toHaveLength((await street.alerts('rule=uncovered-load')).length + 1);
    await street.call('get', '/exports/alerts?rule=nonsense').expect(400);
    const stranger = await street.person('stranger2', 'site-manager', { placeIds: ['yard-of-s1'] });
    expect(await rows('/exports/notices', stranger.token)).toHaveLength(1);
    expect(await rows('/exports/hauls', stranger.token)).toHaveLength(1);
  });
});
