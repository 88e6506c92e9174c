import { parseDraft } from './draft.js';

const PHOTO = { sha256: 'a'.repeat(64), type: 'image/jpeg', bytes: 1, url: '/notices/n1/photos/a' };

describe('a kept draft', () => {
  it('comes back as it was written', () => {
    const draft = { step: 'object', text: '不是本工地的车辆。', photos: [PHOTO], sending: true };
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
  });

  it('is forgotten where it is none, and keeps what makes sense of another version’s', () => {
    for (const text of [null, '', '{', '[]', '{"step":"accept"}']) expect(parseDraft(text)).toBeNull();
    expect(parseDraft('{"step":"rectify","photos":[{"sha256":"x"},null]}')).toEqual({ step: 'rectify', text: '', photos: [], sending: false });
  });
});
