import { find, isSpelt } from './find.js';
import { spelt } from './pinyin.js';

const trucks = [
  { id: 't1', plate: '鄂S8K217', company: '顺达渣土运输' },
  { id: 't2', plate: '鄂S21788', company: '安捷运输' },
  { id: 't3', plate: '鄂A9X771', company: '顺达渣土运输' },
];
const places = [
  { id: 'p1', name: '城南安置房' },
  { id: 'p2', name: '淅河消纳场' },
];
const ids = (text: string) => find(text, trucks, places).trucks.map((t) => t.id);

describe('finding', () => {
  it('takes any part of a plate, the last digits first', () => {
    expect(ids('217')).toEqual(['t1', 't2']);
    expect(ids('s·8k')).toEqual(['t1']);
  });

  it('takes part of a company or a place', () => {
    expect(ids('顺达')).toEqual(['t3', 't1']);
    expect(find('消纳', trucks, places).places.map((p) => p.id)).toEqual(['p2']);
  });

  it('says how many more there are', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ id: `t${i}`, plate: `鄂S${10_000 + i}`, company: null }));
    expect(find('鄂', many, [])).toMatchObject({ more: 13 });
  });

  it('finds nothing for nothing', () => {
    expect(find('  ', trucks, places).trucks).toEqual([]);
  });

  it('takes pinyin: initials, whole or begun syllables, from any syllable on', () => {
    const company = { id: 't4', plate: '鄂S30001', company: '随州市政工程局' };
    const found = (text: string) => find(text, [...trucks, company], places, spelt);
    for (const text of ['gcj', 'gongchengju', 'gongcj', 'szgcj', 'shizheng', 'GCJ', 'gong cheng']) expect(found(text).trucks.map((t) => t.id)).toEqual(['t4']);
    expect(found('xnc').places.map((p) => p.id)).toEqual(['p2']);
    expect(found('azf').places.map((p) => p.id)).toEqual(['p1']);
    expect(found('gj')).toMatchObject({ trucks: [], places: [] });
  });

  it('asks for two letters, and puts what is written so before what sounds so', () => {
    expect(find('s', [], places, spelt).places).toEqual([]);
    const both = [
      { id: 'a', name: '安置房' },
      { id: 'b', name: 'AZ 停车场' },
    ];
    expect(find('az', [], both, spelt).places.map((p) => p.id)).toEqual(['b', 'a']);
  });

  it('finds by characters alone until the dictionary is there', () => {
    expect(find('xnc', trucks, places).places).toEqual([]);
  });

  it('never takes a syllable for half of two', () => {
    expect(isSpelt(['xi', 'an'], 'xian')).toBe(true);
    expect(isSpelt(['xian'], 'xa')).toBe(false);
  });
});
