import { previewOf } from './preview.js';

const planned = (row: number, fields: object = {}) => ({ row, id: `t${row}`, result: 'created' as const, changes: [], ...fields });

it('says of every row what would become of it, the bad ones with what is wrong', () => {
  const faults = [
    { path: 'row 2: plate', message: 'is missing' },
    { path: 'row 2: companyId', message: '"c9" is no company that is registered' },
    { path: 'row 4', message: 'must be an object' },
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
          { path: 'plate', message: 'is missing' },
          { path: 'companyId', message: '"c9" is no company that is registered' },
        ],
      },
      { row: 3, id: null, result: 'created', changes: [], faults: [] },
      { row: 4, id: null, result: 'bad', changes: [], faults: [{ path: '', message: 'must be an object' }] },
    ],
  });
});
