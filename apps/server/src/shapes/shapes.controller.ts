import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { id, placePreview, type PlacePreview, placePreviewBody, type PlacePreviewBody, placeVersions, type PlaceVersions } from '@muckwatch/contract';
import type { Response } from 'express';
import { Answers, Unrecorded } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CITY, PLANNERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { PreviewService } from './preview.service.js';
import { ShapeVersionsStore } from './shape-versions.store.js';

const PREVIEW =
  'Reads the stored reports of the last 7 days truck by truck, as many trucks as some two seconds allow; then `next` says where to go on, and what is counted adds up, ' +
  'since each truck is whole in one answer. Alerts are in the first answer alone. Nothing is stored or judged. A second preview of the same account, or going away, ends the first.';

/** Shapes of places: what a drawn one would have touched, and what there were before. */
@ApiTags('places')
@Controller('places')
export class ShapesController {
  constructor(
    private readonly previews: PreviewService,
    private readonly versions: ShapeVersionsStore,
  ) {}

  @Post('preview')
  @Roles(...PLANNERS)
  @Unrecorded()
  @ApiOperation({ operationId: 'previewPlace', summary: 'What a shape would have touched in the last 7 days', description: PREVIEW })
  @Answers(placePreview)
  preview(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: placePreviewBody }) body: PlacePreviewBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlacePreview> {
    const left = new AbortController();
    response.once('close', () => left.abort());
    return this.previews.preview(viewer, body, left.signal);
  }

  @Get(':id/versions')
  @Roles(...CITY)
  @ApiOperation({ operationId: 'listPlaceVersions', summary: 'What a place was, newest first', description: 'With who changed it and why. 500 at most.' })
  @Answers(placeVersions)
  async ofPlace(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<PlaceVersions> {
    return { items: await this.versions.of(viewer.scope, which) };
  }
}
