import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { PaperService } from './paper.service.js';

@ApiTags('notices')
@Controller('notices')
export class PaperController {
  constructor(private readonly paper: PaperService) {}

  @Get(':id/paper')
  @Roles(...ANYONE)
  @ApiOperation({ summary: 'The notice on paper, in Chinese: the same numbers as on the page' })
  @ApiProduces('application/pdf')
  async one(@CurrentViewer() viewer: Viewer, @Param('id') id: string): Promise<StreamableFile> {
    const { number, pdf } = await this.paper.of(viewer, id);
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `inline; filename="notice-${number}.pdf"` });
  }
}
