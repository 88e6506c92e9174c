import { readFileSync } from 'node:fs';
import { decode, type Sighting } from './index.js';

const SIGHTINGS = 'muck/v1/cameras/c7/sightings';
const sample = (name: string) => readFileSync(new URL(`./samples/${name}`, import.meta.url));
const read = (value: unknown): Sighting | string => {
  const [item] = decode(SIGHTINGS, Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)));
  if (item?.kind === 'unreadable') return `${item.reason}: ${item.detail}`;
  if (item?.kind !== 'sighting') throw new Error('a sighting was expected');
  return item.sighting;
};
const pass = { id: 'c7-1', time: '2026-11-23T21:03:02+08:00', kind: 'pass', direction: 'out' };
const picture = (type: string, bytes: Buffer) => ({ ...pass, snapshot: { type, data: bytes.toString('base64') } });
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

describe('a sighting', () => {
  it('of a truck at a gate is read field by field', () => {
    const sighting = read(sample('sighting-pass.json'));
    expect(sighting).toMatchObject({
      camera: 'c7',
      id: 'c7-000123',
      at: Date.UTC(2026, 10, 23, 13, 3, 2),
      kind: 'pass',
      direction: 'out',
      confidence: null,
      plate: '鄂S12345',
      plateConfidence: 0.97,
      covered: false,
      wheelsClean: true,
      snapshotUrl: null,
      extra: null,
    });
    expect((sighting as Sighting).picture!.type).toBe('image/jpeg');
    expect((sighting as Sighting).picture!.bytes.subarray(0, 3)).toEqual(JPEG.subarray(0, 3));
  });

  it('of a spill needs no direction; a blank plate is not said', () => {
    expect(read(sample('sighting-spill.json'))).toMatchObject({
      kind: 'spill',
      confidence: 0.82,
      direction: null,
      plate: null,
      extra: { model: 'spillnet-3' },
    });
  });

  it('may bear a picture of each type, up to 512 KiB', () => {
    expect(read(picture('image/jpeg', Buffer.concat([JPEG, Buffer.alloc(524_284)])))).toMatchObject({ picture: { type: 'image/jpeg' } });
    expect(read(picture('image/png', Buffer.from('89504e470d0a1a0a', 'hex')))).toMatchObject({ picture: { type: 'image/png' } });
    expect(read(picture('image/webp', Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1')))).toMatchObject({ picture: { type: 'image/webp' } });
  });

  it.each<[string, unknown, string]>([
    ['without direction', { ...pass, direction: null }, 'missing-field: direction is missing; a pass needs it'],
    ['a spill without confidence', { ...pass, kind: 'spill' }, 'missing-field: confidence is missing; a spill needs it'],
    ['without id', { ...pass, id: undefined }, 'missing-field: id is missing'],
    ['a numeric id', { ...pass, id: 7 }, 'wrong-type: id 7 is a number; a string is needed'],
    ['an id with a line break', { ...pass, id: 'a\nb' }, 'out-of-range: id "a\\nb" holds a control character'],
    ['another kind', { ...pass, kind: 'parade' }, 'out-of-range: kind "parade" is not one of pass, spill, dumping'],
    ['a confidence in percent', { ...pass, plateConfidence: 97 }, 'out-of-range: plateConfidence 97 is not within 0…1'],
    ['a plate of 33 characters', { ...pass, plate: 'x'.repeat(33) }, `out-of-range: plate "${'x'.repeat(33)}" is not 0–32 characters long`],
    [
      'an address that is no web address',
      { ...pass, snapshotUrl: 'file:///etc/passwd' },
      'out-of-range: snapshotUrl "file:///etc/passwd" is not an http or https address',
    ],
    ['a GIF', picture('image/gif', Buffer.from('GIF89a')), 'out-of-range: snapshot.type "image/gif" is not one of image/jpeg, image/png, image/webp'],
    ['a PNG that says JPEG', picture('image/jpeg', Buffer.from('89504e470d0a1a0a', 'hex')), 'bad-picture: snapshot.data does not begin as image/jpeg does'],
    ['an empty picture', picture('image/jpeg', Buffer.alloc(0)), 'bad-picture: snapshot.data does not begin as image/jpeg does'],
    [
      'a picture of 512 KiB and a byte',
      picture('image/jpeg', Buffer.concat([JPEG, Buffer.alloc(524_285)])),
      'too-large: snapshot.data of 524289 bytes is larger than 524288',
    ],
    ['what is not base64', { ...pass, snapshot: { type: 'image/jpeg', data: '/9j/ !!' } }, 'bad-picture: snapshot.data of 7 characters is not padded base64'],
    ['a picture without data', { ...pass, snapshot: { type: 'image/jpeg' } }, 'missing-field: snapshot.data is missing'],
    ['a U+0000 in the plate', { ...pass, plate: '鄂\u0000' }, 'null-character: plate "鄂\\u0000" holds a character that cannot be stored'],
    ['a U+0000 in an unknown field', { ...pass, model: { name: '\u0000' } }, 'null-character: model.name "\\u0000" holds a character that cannot be stored'],
    ['an array', [pass], 'wrong-type: the sighting is an array; an object is needed'],
  ])('is refused: %s', (_what, value, fault) => {
    expect(read(value)).toBe(fault);
  });
});
