import { useMemo } from 'react';
import { encode } from 'uqr';

/** Black on white in either theme: a dark one inverted is read by few telephones. */
export default function Qr({ text, words }: { text: string; words: string }) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: 'M', border: 3 });
    return { size, path: data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('') };
  }, [text]);
  return (
    <svg className="me-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words} shapeRendering="crispEdges" data-testid="qr">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
