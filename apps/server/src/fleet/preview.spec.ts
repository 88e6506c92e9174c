import { previewOf } from './preview.js';

const planned = (row: number, fields: object = {}) => ({ row, id: `t${row}`, result: 'created' as const, changes: [], ...fields });

const MISSING = { en: 'is missing', zh: '不能为空' };
const UNKNOWN = { en: '"c9" is no company that is registered', zh: '企业“c9”没有登记' };
const NO_OBJECT = { en: 'must be an object', zh: '不是一条记录' };

it('says of every row what would become of it, the bad ones with what is wrong', () => {
  const faults = [
    { path: 'row 2: plate', message: MISSING },
    { path: 'row 2: companyId', message: UNKNOWN },
    { path: 'row 4', message: NO_OBJECT },
  ];
  expect(previewOf(['t1', 't2', null, undefined], [planned(1), planned(2), planned(3, { id: 'truck-3a', secret: 'never told' })], faults)).toEqual({
    items: [
      { row: 1, id: 't1', result: 'created', changes: [], faults: [] },
      {
        row: 2,
        id: 't2',
        result: 'bad',
        changes: [],
        faults: [
          { path: 'plate', message: MISSING },
          { path: 'companyId', message: UNKNOWN },
        ],
      },
      { row: 3, id: null, result: 'created', changes: [], faults: [] },
      { row: 4, id: null, result: 'bad', changes: [], faults: [{ path: '', message: NO_OBJECT }] },
    ],
  });
});
