const BROWSERS: [name: string, sign: RegExp][] = [
  ['WeCom', /wxwork/i],
  ['WeChat', /MicroMessenger/i],
  ['DingTalk', /DingTalk/i],
  ['Edge', /Edg\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /Safari\//],
];
const SYSTEMS: [name: string, sign: RegExp][] = [
  ['Android', /Android/],
  ['iPhone', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
];

/** A browser as its owner would call it; what nobody knows is said as it is, shortened. */
export function browserWords(userAgent: string): string {
  const named = [BROWSERS, SYSTEMS].map((list) => list.find(([, sign]) => sign.test(userAgent))?.[0]).filter(Boolean);
  return named.length > 0 ? named.join(' · ') : userAgent.slice(0, 40);
}
