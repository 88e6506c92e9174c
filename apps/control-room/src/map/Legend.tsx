import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.js';
import { drawTruck, type Sprite } from './sprites.js';

const SHOWN: [Sprite, 'empty' | 'loaded' | 'unknown' | 'alert' | 'silent'][] = [
  ['empty', 'empty'],
  ['loaded', 'loaded'],
  ['unknown', 'unknown'],
  ['critical', 'alert'],
  ['silent', 'silent'],
];

/** Drawn by the very code that draws the trucks, so that it cannot tell anything else. */
export function Legend() {
  const t = useWords();
  return (
    <div className="legend map-box" title={t.map.cluster}>
      {SHOWN.map(([sprite, word]) => (
        <span key={sprite}>
          <SpriteMark sprite={sprite} /> {t.map.legend[word]}
        </span>
      ))}
    </div>
  );
}

export function SpriteMark({ sprite, size = 18 }: { sprite: Sprite; size?: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const ctx = canvas.current!.getContext('2d')!;
    ctx.setTransform(2, 0, 0, 2, 0, 0);
    ctx.clearRect(0, 0, size, size);
    ctx.translate(size / 2, size / 2);
    drawTruck(ctx, sprite, 0);
  }, [sprite, size]);
  return <canvas ref={canvas} width={size * 2} height={size * 2} style={{ width: size, height: size }} aria-hidden />;
}
