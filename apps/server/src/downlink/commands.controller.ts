import { Body, Controller, Get, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  command,
  type CommandBody,
  commandBody,
  commandPage,
  type CommandQuery,
  commandQuery,
  type CommandResource,
  type PictureQuery,
  pictureQuery,
  reasonBody,
} from '@muckwatch/contract';
import type { Response } from 'express';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { PictureFiles } from '../media/picture-files.js';
import { READS_COMMANDS } from './command-row.js';
import { CommandStore } from './command.store.js';
import { Commands } from './commands.service.js';
import { Refusal } from '../refusal.js';

const FOR_EVER = 'private, max-age=31536000, immutable';
const BYTES = { schema: { type: 'string', format: 'binary' } };

@ApiTags('commands')
@Controller('commands')
export class CommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly store: CommandStore,
    private readonly pictures: PictureFiles,
  ) {}

  @Get()
  @Roles(...READS_COMMANDS)
  @Answers(commandPage, 'What was asked of trucks, newest first')
  list(@CurrentViewer() viewer: Viewer, @Query({ schema: commandQuery }) query: CommandQuery) {
    return this.commands.list(viewer, query);
  }

  @Post()
  @Roles('admin', 'supervisor', 'operator')
  @ApiOperation({
    operationId: 'askCommand',
    summary: 'Ask something of a truck. What changes how it drives waits for another person to approve it; a release needs nobody and ends every limit',
  })
  @Answers(command, 'As it stands: asked or queued', 201)
  ask(@CurrentViewer() viewer: Viewer, @Body({ schema: commandBody }) body: CommandBody): Promise<CommandResource> {
    return this.commands.ask(viewer, body);
  }

  @Get(':id')
  @Roles(...READS_COMMANDS)
  @Answers(command, 'One command with its steps')
  one(@CurrentViewer() viewer: Viewer, @Param('id') id: string): Promise<CommandResource> {
    return this.commands.one(viewer, id);
  }

  @Post(':id/approve')
  @Roles('admin', 'supervisor')
  @Answers(command, 'Queued; never by who asked for it')
  approve(@CurrentViewer() viewer: Viewer, @Param('id') id: string): Promise<CommandResource> {
    return this.commands.decide(viewer, id, 'queued', null);
  }

  @Post(':id/refuse')
  @Roles('admin', 'supervisor')
  @Answers(command)
  refuse(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: reasonBody }) { reason }: { reason: string }): Promise<CommandResource> {
    return this.commands.decide(viewer, id, 'refused', reason);
  }

  @Get(':id/photo')
  @Roles(...READS_COMMANDS)
  @ApiOkResponse({ description: 'What a capture took', content: { 'image/jpeg': BYTES, 'image/png': BYTES, 'image/webp': BYTES } })
  async photo(
    @CurrentViewer() viewer: Viewer,
    @Param('id') id: string,
    @Query({ schema: pictureQuery }) { sha256: asked }: PictureQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { photo_sha256: sha256, photo_type: type, photo_bytes: length } = await this.store.one(viewer, id);
    const photo = sha256 !== null && type !== null && length !== null ? { sha256, type, bytes: length } : null;
    const bytes = photo && (asked === undefined || asked === sha256) ? await this.pictures.read(photo) : null;
    if (!photo || !bytes) throw new Refusal(404, { en: `There is no such photo of command ${id}.`, zh: `指令 ${id} 没有这张照片。` });
    response.setHeader('ETag', `"${sha256}"`);
    if (asked === sha256) response.setHeader('Cache-Control', FOR_EVER);
    return new StreamableFile(bytes, { type: photo.type, length: photo.bytes });
  }
}
