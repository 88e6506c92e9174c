import { Controller, Get, Param, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type ViewedRequest, type Viewer } from '../auth/viewer.js';
import { PackService } from './pack.service.js';

@ApiTags('alerts')
@Controller('alerts')
export class EvidenceController {
  constructor(private readonly packs: PackService) {}

  @Get(':id/pack')
  @Roles(...ANYONE)
  @ApiOperation({
    summary: 'The alert’s evidence as one ZIP: records, track, series, pictures, report, and the hash of each',
    description:
      'Of notices, photos, commands, places and permits it holds what the viewer may see. `sha256sum -c SHA256SUMS` checks it; the audit has its manifest’s hash.',
  })
  @ApiProduces('application/zip')
  async one(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Req() request: ViewedRequest): Promise<StreamableFile> {
    const { fileName, zip, taken } = await this.packs.of(viewer, id);
    request.taken = taken;
    return new StreamableFile(zip, { type: 'application/zip', disposition: `attachment; filename="${fileName}"` });
  }
}
