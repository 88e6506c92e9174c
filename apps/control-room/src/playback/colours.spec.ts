import { TRUCK_PALETTES } from './colours.js';

const PANEL = { dark: '#141b22', light: '#ffffff' } as const;

it('writes every truck’s plate in a colour that is read on its ground', () => {
  for (const theme of ['dark', 'light'] as const) {
    expect(new Set(TRUCK_PALETTES[theme]).size).toBe(TRUCK_PALETTES.dark.length);
    for (const colour of TRUCK_PALETTES[theme]) expect({ colour, enough: contrast(colour, PANEL[theme]) >= 4.5 }).toEqual({ colour, enough: true });
  }
});

/** As WCAG 2.2 measures it, 1 to 21. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
