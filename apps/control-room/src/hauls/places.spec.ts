import { approvedOf, fullnessOf, sitesInOrder } from './places.js';

const permit = (allowedM3: number | null, volumeM3: number | null, hauls = 1) => ({
  id: 'p',
  company: { id: 'c', name: 'c' },
  allowedM3,
  volumeM3,
  hauls,
  estimated: 0,
  validTo: null,
});
const tally = { hauls: 0, estimated: 0, volumeM3: 0 };
const site = (id: string, permits: ReturnType<typeof permit>[]) => ({ id, name: id, permits, today: tally, stretch: tally });

describe('what a site may still haul', () => {
  it('is what its permits together have left, an overrun one giving nothing to the others', () => {
    expect(approvedOf(site('s', [permit(100, 130, 10), permit(200, 50, 4), permit(null, 900)]))).toEqual({
      allowedM3: 300,
      hauledM3: 180,
      hauls: 14,
      estimated: 0,
      remainingM3: 150,
      overM3: 30,
      share: 0.6,
    });
  });

  it('is not known where no permit sets a volume', () => {
    expect(approvedOf(site('s', [permit(null, 900)]))).toBeNull();
    expect(approvedOf(site('s', []))).toBeNull();
  });

  it('puts the fullest first', () => {
    const sites = [site('none', []), site('half', [permit(100, 50)]), site('over', [permit(100, 130)])];
    expect(sitesInOrder(sites).map(({ id }) => id)).toEqual(['over', 'half', 'none']);
  });
});

it('says how full a yard is only where capacity and what it took are known', () => {
  expect(fullnessOf({ capacityM3: 1_000, ever: { ...tally, volumeM3: 950 } })).toBe(0.95);
  expect(fullnessOf({ capacityM3: null, ever: tally })).toBeNull();
  expect(fullnessOf({ capacityM3: 1_000, ever: null })).toBeNull();
});
