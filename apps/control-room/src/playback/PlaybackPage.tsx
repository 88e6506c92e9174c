import { useEffect, useRef } from 'react';
import { replaceAddress } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import { serverNow } from '../live/liveStore.js';
import { hashOf, type Said, saidOf } from './address.js';
import { Charts } from './Charts.js';
import { clock, useClock } from './clock.js';
import './playback.css';
import { PlayMapPane } from './PlayMapPane.js';
import { close, open, usePlay } from './playStore.js';
import { Setup } from './Setup.js';
import { Side } from './Side.js';
import { TimeLine } from './TimeLine.js';
import { Transport } from './Transport.js';
import { usePlayKeys } from './usePlayKeys.js';

const HOUR_MS = 3_600_000;
const ADDRESS_EVERY_MS = 1_000;

/** What trucks did, told again: which and when, the map, the time, and what their sensors said. */
export default function PlaybackPage({ query }: { query: string }) {
  const t = useWords();
  const said = saidOf(new URLSearchParams(query));
  useAddress(said);
  usePlayKeys();
  const shown = usePlay((s) => s.shown !== null);
  return (
    <div className={`play ${shown ? '' : 'nothing'}`} data-testid="playback-page">
      <section className="play-side" aria-label={t.playback.setup}>
        <Setup key={hashOf({ trucks: said.trucks, from: said.from, to: said.to })} said={said} />
        <Side said={said} />
      </section>
      <div className="play-main">
        <PlayMapPane />
        {shown && (
          <>
            <Transport />
            <TimeLine />
            <Charts />
          </>
        )}
      </div>
    </div>
  );
}

/** The address is followed when somebody changes it, and follows what is shown when nobody does. */
function useAddress(said: Said): void {
  const written = useRef('');
  const hash = hashOf(said);
  useEffect(() => {
    if (hash === written.current) return;
    written.current = hash;
    useClock.setState({ speed: said.speed });
    // A truck alone, as a menu or a card names it: its last hour.
    const now = serverNow();
    const whole = said.trucks.length > 0 && said.from === null ? { ...said, from: now - HOUR_MS, to: now } : said;
    void open(whole);
  }, [hash]);

  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | null = null;
    const write = () => {
      due = null;
      const { shown } = usePlay.getState();
      if (!shown || !location.hash.startsWith('#/playback')) return;
      written.current = hashOf({ ...shown, at: clock.at, speed: useClock.getState().speed });
      replaceAddress(written.current);
    };
    const later = () => void (due ??= setTimeout(write, ADDRESS_EVERY_MS));
    const stops = [clock.listen(later), useClock.subscribe(later)];
    return () => {
      stops.forEach((stop) => stop());
      if (due !== null) clearTimeout(due);
      close();
    };
  }, []);
}
