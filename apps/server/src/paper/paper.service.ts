import { Injectable } from '@nestjs/common';
import type { BaseMap, NoticeDetail } from '@muckwatch/contract';
import { buffer } from 'node:stream/consumers';
import type { Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { Config } from '../config.js';
import { BaseMapStore } from '../fleet/base-map.store.js';
import { FleetService } from '../fleet/fleet.service.js';
import { SightingStore } from '../history/sighting.store.js';
import { PictureFiles } from '../media/picture-files.js';
import { NoticeReader } from '../notices/notice-reader.js';
import { noticePaper } from './notice-paper.js';
import { linesNear } from './paper-base.js';

/** Notices as PDF, for who may read them on the page. */
@Injectable()
export class PaperService {
  constructor(
    private readonly notices: NoticeReader,
    private readonly sightings: SightingStore,
    private readonly pictures: PictureFiles,
    private readonly baseMap: BaseMapStore,
    private readonly fleet: FleetService,
    private readonly config: Config,
  ) {}

  /** @throws Refusal 404 for a notice that there is not, or not in the viewer's scope */
  async of(viewer: Viewer, id: string): Promise<{ number: string; pdf: Buffer }> {
    const notice = await this.notices.detail(viewer, id);
    const [picture, base] = await Promise.all([this.#picture(viewer, notice), this.#base(notice)]);
    const url = `${this.config.publicUrl}/#/notice/${encodeURIComponent(id)}`;
    const paper = noticePaper({ notice, picture, base, url, utcOffset: this.fleet.utcOffset, madeAt: now() });
    paper.end();
    return { number: notice.number, pdf: await buffer(paper) };
  }

  /** Null where there is none, it is gone, or PDF cannot hold it (WebP). */
  async #picture({ scope }: Viewer, { picture }: NoticeDetail): Promise<Buffer | null> {
    const stored = picture && (await this.sightings.picture(scope, picture.camera, picture.sighting));
    const file = stored && stored.type !== 'image/webp' ? await this.pictures.read(stored) : null;
    return file && buffer(file);
  }

  async #base(notice: NoticeDetail) {
    return notice.position ? linesNear(JSON.parse(await this.baseMap.read()) as BaseMap, notice) : [];
  }
}
