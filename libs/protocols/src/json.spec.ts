import fc from 'fast-check';
import { elementTexts, MAX_PAYLOAD_BYTES, parseJson, textOf } from './json.js';

describe('a payload as text', () => {
  it('may be 1 MiB and not a byte more', () => {
    expect(textOf(Buffer.alloc(MAX_PAYLOAD_BYTES, 97))).toHaveLength(MAX_PAYLOAD_BYTES);
    expect(() => textOf(Buffer.alloc(MAX_PAYLOAD_BYTES + 1, 97))).toThrow('the payload of 1048577 bytes is larger than 1048576');
  });

  it('is what was sent, or refused: of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const payload = Buffer.from(bytes);
        let text: string;
        try {
          text = textOf(payload);
        } catch {
          expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
          return;
        }
        expect(text).toBe(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      }),
    );
  });

  it('keeps a U+FFFD that was sent as one', () => {
    expect(textOf(Buffer.from('"\uFFFD"'))).toBe('"\uFFFD"');
  });
});

describe('the elements of an array, as they were written', () => {
  it('are the texts of what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (values, indent) => {
        const texts = elementTexts(JSON.stringify(values, null, indent));
        // JSON knows no -0.
        expect(texts.map((text) => JSON.stringify(JSON.parse(text)))).toEqual(values.map((value) => JSON.stringify(value)));
      }),
    );
  });

  it('keep what reading and writing again would lose', () => {
    expect(elementTexts(' [ {"a":1e999, "a":[1,2]} , "],[\\"" ,-0.0,\n[] ]\n')).toEqual(['{"a":1e999, "a":[1,2]}', '"],[\\""', '-0.0', '[]']);
  });

  it('are none of an empty array', () => {
    expect(elementTexts('[ ]')).toEqual([]);
  });
});

describe('what is not JSON', () => {
  it('is said without control characters and halves of pairs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        try {
          parseJson(text);
        } catch (error) {
          expect((error as Error).message).not.toMatch(/[\u0000\ud800-\udfff]/u);
        }
      }),
    );
  });
});
