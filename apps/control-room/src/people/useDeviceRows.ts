import { useCallback, useEffect, useState } from 'react';
import { getAll, itemsOf, wordsOf } from '../app/api.js';
import type { Device, Kind } from './Devices.js';

const PAGE = 100;

type Read = { state: 'reading' | 'read'; words: null } | { state: 'failed'; words: string };

/** All devices of a kind, in use or retired; what was just made or retired is heard at once. */
export function useDeviceRows(what: Kind, retired: boolean, matches: (device: Device) => boolean) {
  const [read, setRead] = useState<Read>({ state: 'reading', words: null });
  const [devices, setDevices] = useState<readonly Device[]>([]);
  const [shown, setShown] = useState(PAGE);
  const again = useCallback(() => {
    setRead({ state: 'reading', words: null });
    getAll(`/${what}?retired=${retired}`, itemsOf<Device>).then(
      (items) => {
        setDevices(items);
        setRead({ state: 'read', words: null });
      },
      (error: unknown) => setRead({ state: 'failed', words: wordsOf(error) }),
    );
  }, [what, retired]);
  useEffect(again, [again]);

  const hear = (device: Device) =>
    setDevices((before) => {
      const others = before.filter(({ id }) => id !== device.id);
      return device.retired === retired ? [...others, device].sort((a, b) => a.id.localeCompare(b.id)) : others;
    });
  const found = devices.filter(matches);
  const left = found.length - shown;
  return { read, rows: found.slice(0, shown), more: left > 0 ? { count: Math.min(PAGE, left), show: () => setShown(shown + PAGE) } : null, hear, again };
}
