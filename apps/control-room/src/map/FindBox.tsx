import { type KeyboardEvent, useMemo, useState } from 'react';
import { choosePlace, chooseTruck } from '../app/focus.js';
import { plateWords } from '../app/plate.js';
import { useWords } from '../i18n/index.js';
import { fleet } from '../live/connection.js';
import { companyOf, readRegistry, useRegistry } from '../trucks/registry.js';
import { currentMap } from './current.js';
import { find, type FindTruck } from './find.js';
import { useMap } from './mapStore.js';
import { readSpelling, useSpelling } from './spelling.js';

/** Finds a truck by plate or company, or a place, by characters or by pinyin. `/` comes here. */
export function FindBox() {
  const t = useWords();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const registry = useRegistry();
  const places = useMap((s) => s.places);
  const spelt = useSpelling((s) => s.spelt);

  const found = useMemo(() => find(text, trucksOf(registry), places, spelt), [text, registry, places, spelt]);
  const choices = [
    ...found.trucks.map((truck) => ({
      key: `t-${truck.id}`,
      kind: t.map.findTrucks,
      words: plateWords(truck.plate),
      more: truck.company ?? '',
      go: () => goToTruck(truck.id),
    })),
    ...found.places.map((place) => ({
      key: `p-${place.id}`,
      kind: t.map.findPlaces,
      words: place.name,
      more: t.place[places.find((p) => p.id === place.id)?.kind ?? 'site'],
      go: () => goToPlace(place.id),
    })),
  ];

  const choose = (i: number) => {
    choices[i]?.go();
    setOpen(false);
    setText('');
    (document.activeElement as HTMLElement | null)?.blur();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') choose(at);
    else if (event.key === 'Escape') {
      setText('');
      event.currentTarget.blur();
    } else return;
    event.preventDefault();
  };

  return (
    <div className="find">
      <input
        id="find"
        className="map-box"
        placeholder={t.map.find}
        title={t.map.findHint}
        aria-label={t.map.findHint}
        value={text}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={open && text !== ''}
        aria-controls="find-list"
        onFocus={() => {
          setOpen(true);
          void readRegistry();
          void readSpelling();
        }}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={onKey}
        data-testid="find"
      />
      {open && text.trim() !== '' && (
        <div className="find-list map-box" id="find-list" role="listbox">
          {choices.map((choice, i) => (
            <button
              key={choice.key}
              role="option"
              aria-selected={i === at}
              className={i === at ? 'on' : ''}
              onPointerDown={() => choose(i)}
              onPointerEnter={() => setAt(i)}
            >
              <b>{choice.words}</b>
              <span>{choice.more || choice.kind}</span>
            </button>
          ))}
          {choices.length === 0 && <p>{t.map.findNone}</p>}
          {found.more > 0 && <p>{t.map.more(found.more)}</p>}
        </div>
      )}
    </div>
  );
}

/** Trucks with a position, and registered ones that have not told theirs yet. */
function* trucksOf(registry: ReturnType<typeof useRegistry.getState>): Iterable<FindTruck> {
  for (let i = 0; i < fleet.count; i++) yield { id: fleet.ids[i]!, plate: fleet.plates[i]!, company: companyOf(registry, fleet.ids[i]!) };
  for (const truck of registry.trucks.values())
    if (fleet.indexOf(truck.id) === null) yield { id: truck.id, plate: truck.plate, company: companyOf(registry, truck.id) };
}

function goToTruck(id: string): void {
  chooseTruck(id);
  currentMap()?.lookAtTruck(id);
}

function goToPlace(id: string): void {
  choosePlace(id);
  currentMap()?.lookAtPlace(id);
}
