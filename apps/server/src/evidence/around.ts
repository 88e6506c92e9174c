import { Inject, Injectable } from '@nestjs/common';
import type { AlertDetail, CommandResource, Notice, NoticeStepRecord, Role, SightingQuery, SightingResource } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import type { Viewer } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { commandOf, type CommandRow, READS_COMMANDS } from '../downlink/command-row.js';
import { CommandStore } from '../downlink/command.store.js';
import { SightingStore } from '../history/sighting.store.js';
import { NOTICE_PHOTOS } from '../media/media.module.js';
import { PictureFiles, type StoredPicture } from '../media/picture-files.js';
import { NoticeStore } from '../notices/notice.store.js';
import { isMissing, type MissingPicture, type PackFile, pictureFile } from './pack-file.js';

const A_PAGE = 200;
/** A truck that stands at a gate for hours is seen often; what is left out is said. */
const MOST_SIGHTINGS = 1_000;

export interface PackedPicture {
  file: PackFile;
  /** One picture may be of several: a camera's resent sighting. */
  of: { kind: 'sighting' | 'notice' | 'command'; at: string; by: string }[];
}

export interface PackedNotice extends Notice {
  steps: NoticeStepRecord[];
}

/** What stands round an alert: what cameras saw, who was told, what was asked of the truck; and the pictures of all that. */
export interface Surroundings {
  sightings: SightingResource[];
  notices: PackedNotice[];
  commands: CommandResource[];
  pictures: PackedPicture[];
  missing: MissingPicture[];
}

interface Wanted {
  stored: StoredPicture;
  files: PictureFiles;
  what: string;
  of: PackedPicture['of'][number];
}

/** Each by its own store and the viewer's own eyes: who may see the alert need not see its notices. */
@Injectable()
export class Around {
  constructor(
    private readonly sightings: SightingStore,
    private readonly notices: NoticeStore,
    private readonly commands: CommandStore,
    private readonly pictures: PictureFiles,
    @Inject(NOTICE_PHOTOS) private readonly photos: PictureFiles,
  ) {}

  async of(viewer: Viewer, alert: Pick<AlertDetail, 'id' | 'truck' | 'place'>, { from, to }: { from: EpochMs; to: EpochMs }): Promise<Surroundings> {
    const sightings = await this.#sightings(viewer, alert, { from: iso(from), to: iso(to + 1) });
    const notices = await this.#notices(viewer, alert.id);
    const commandRows = await this.#commands(viewer, alert.id);
    const wanted = [
      ...sightings.flatMap((one) => this.#ofSighting(one)),
      ...notices.flatMap((one) => this.#ofNotice(one)),
      ...commandRows.flatMap((one) => this.#ofCommand(one)),
    ];
    const commands = commandRows.map((row) => commandOf(row, null));
    return { sightings, notices, commands, ...(await packed(wanted)) };
  }

  /** Of its truck, else of its plate, else of nobody at its place: as what is kept for evidence is chosen. Oldest first. */
  async #sightings(
    { scope }: Viewer,
    { truck, place }: Pick<AlertDetail, 'truck' | 'place'>,
    during: { from: string; to: string },
  ): Promise<SightingResource[]> {
    const about: Partial<SightingQuery> | null = truck.id ? { truck: truck.id } : truck.plate ? { plate: truck.plate } : place ? { place: place.id } : null;
    if (!about) return [];
    const found: SightingResource[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.sightings.list(scope, { ...about, ...during, cursor, limit: A_PAGE });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && found.length < MOST_SIGHTINGS);
    const nobodys = truck.id === null && truck.plate === null;
    return (nobodys ? found.filter((one) => one.truck === null && one.plate === null) : found).reverse();
  }

  async #notices(viewer: Viewer, alert: string): Promise<PackedNotice[]> {
    const { items } = await this.notices.list(viewer, { alert, limit: A_PAGE });
    const told: PackedNotice[] = [];
    for (const notice of items) told.push({ ...notice, steps: await this.notices.steps(notice.id) });
    return told.reverse();
  }

  async #commands(viewer: Viewer, alert: string): Promise<CommandRow[]> {
    if (!(READS_COMMANDS as readonly Role[]).includes(viewer.role)) return [];
    return (await this.commands.list(viewer, { alert, limit: A_PAGE }, null)).slice(0, A_PAGE).reverse();
  }

  #ofSighting({ picture, camera, id, at }: SightingResource): Wanted[] {
    if (!picture) return [];
    const { sha256, type, bytes } = picture;
    const what = `camera ${camera.id}, sighting ${id}, ${at}`;
    return [{ stored: { sha256, type, bytes }, files: this.pictures, what, of: { kind: 'sighting', at, by: camera.name } }];
  }

  #ofNotice({ number, steps }: PackedNotice): Wanted[] {
    return steps.flatMap(({ at, by, photos }) =>
      photos.map(({ sha256, type, bytes }): Wanted => {
        const what = `answer to notice ${number}, ${at}`;
        return { stored: { sha256, type, bytes } as StoredPicture, files: this.photos, what, of: { kind: 'notice', at, by } };
      }),
    );
  }

  #ofCommand(row: CommandRow): Wanted[] {
    const { photo_sha256: sha256, photo_type: type, photo_bytes: bytes, done_at, asked_at } = row;
    if (sha256 === null || type === null || bytes === null) return [];
    const at = (done_at ?? asked_at).toISOString();
    return [{ stored: { sha256, type, bytes }, files: this.pictures, what: `capture ${row.id}, ${at}`, of: { kind: 'command', at, by: row.terminal_id } }];
  }
}

/** The same picture twice is one file. */
async function packed(wanted: Wanted[]): Promise<Pick<Surroundings, 'pictures' | 'missing'>> {
  const byHash = new Map<string, { picture: PackedPicture | null }>();
  const missing: MissingPicture[] = [];
  for (const { stored, files, what, of } of wanted) {
    const known = byHash.get(stored.sha256);
    if (known) {
      known.picture?.of.push(of);
      continue;
    }
    const file = await pictureFile(stored, files, what);
    if (isMissing(file)) missing.push(file);
    byHash.set(stored.sha256, { picture: isMissing(file) ? null : { file, of: [of] } });
  }
  return { pictures: [...byHash.values()].flatMap(({ picture }) => picture ?? []), missing };
}
