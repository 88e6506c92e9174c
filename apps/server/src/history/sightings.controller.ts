import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { lastSightings, type LastSightings, type PictureQuery, pictureQuery, sightingPage, type SightingQuery, sightingQuery } from '@muckwatch/contract';
import type { Response } from 'express';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { PictureFiles } from '../media/picture-files.js';
import { SightingStore } from './sighting.store.js';
import { Refusal } from '../refusal.js';

const FOR_EVER = 'private, max-age=31536000, immutable';
const BYTES = { schema: { type: 'string', format: 'binary' } };

@ApiTags('sightings')
@Controller('sightings')
@Roles(...ANYONE)
export class SightingsController {
  constructor(
    private readonly sightings: SightingStore,
    private readonly pictures: PictureFiles,
  ) {}

  @Get()
  @Answers(sightingPage, 'What cameras saw, newest first')
  list(@CurrentViewer() viewer: Viewer, @Query({ schema: sightingQuery }) query: SightingQuery) {
    return this.sightings.list(viewer.scope, query);
  }

  @Get('last')
  @Answers(lastSightings, 'Of each camera in use when it saw something last')
  last(@CurrentViewer() viewer: Viewer): Promise<LastSightings> {
    return this.sightings.last(viewer.scope);
  }

  @Get(':camera/:id/picture')
  @ApiOkResponse({ description: 'The picture', content: { 'image/jpeg': BYTES, 'image/png': BYTES, 'image/webp': BYTES } })
  async picture(
    @CurrentViewer() viewer: Viewer,
    @Param('camera') camera: string,
    @Param('id') id: string,
    @Query({ schema: pictureQuery }) { sha256 }: PictureQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const picture = await this.sightings.picture(viewer.scope, camera, id);
    const bytes = picture && (sha256 === undefined || sha256 === picture.sha256) ? await this.pictures.read(picture) : null;
    if (!picture || !bytes)
      throw new Refusal(404, { en: `There is no such picture of sighting ${id} by camera ${camera}.`, zh: `抓拍机 ${camera} 的抓拍 ${id} 没有这张图片。` });
    response.setHeader('ETag', `"${picture.sha256}"`);
    if (sha256 === picture.sha256) response.setHeader('Cache-Control', FOR_EVER);
    return new StreamableFile(bytes, { type: picture.type, length: picture.bytes });
  }
}
