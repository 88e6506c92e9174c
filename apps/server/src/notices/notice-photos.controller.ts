import { Controller, Get, Inject, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { matching, photo } from '@muckwatch/contract';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { NOTICE_PHOTOS } from '../media/media.module.js';
import type { PictureFiles } from '../media/picture-files.js';
import { pictureTypeOf } from '../media/picture-type.js';
import { NoticeStore, photoOf } from './notice.store.js';
import { Refusal } from '../refusal.js';

const FOR_EVER = 'private, max-age=31536000, immutable';
const BYTES = { schema: { type: 'string', format: 'binary' } };
const MOST_PHOTOS = 50;
const sha256Param = z.string().check(matching(/^[0-9a-f]{64}$/, 'must be a SHA-256 of a photo', '必须是照片的 SHA-256'));

/** Photos that go with answers: sent first, named by their hash in the answer. */
@ApiTags('notices')
@Controller('notices')
@Roles(...ANYONE)
export class NoticePhotosController {
  constructor(
    private readonly store: NoticeStore,
    @Inject(NOTICE_PHOTOS) private readonly photos: PictureFiles,
  ) {}

  @Post(':id/photos')
  @ApiConsumes('image/jpeg', 'image/png', 'image/webp')
  @ApiBody({ schema: { type: 'string', format: 'binary' }, description: 'The picture itself, 5 MiB at most' })
  @Answers(photo, 'Kept; name it in the answer by its hash', 201)
  async add(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Req() request: Request): Promise<z.infer<typeof photo>> {
    const { notice } = await this.store.one(viewer, id);
    if (notice.recipient.accountId !== viewer.accountId)
      throw new Refusal(403, {
        en: `Notice ${id} was told to ${notice.recipient.name}; only they can answer it.`,
        zh: `通知 ${id} 是发给 ${notice.recipient.name} 的，只有本人能答复。`,
      });
    const bytes: unknown = request.body;
    if (!Buffer.isBuffer(bytes))
      throw new Refusal(415, {
        en: 'Send a picture, with Content-Type: image/jpeg, image/png or image/webp.',
        zh: '请发送图片，Content-Type 为 image/jpeg、image/png 或 image/webp。',
      });
    const type = pictureTypeOf(bytes);
    if (type === null)
      throw new Refusal(415, {
        en: 'The body is no JPEG, PNG or WebP picture, by its first bytes.',
        zh: '从开头几个字节看，内容不是 JPEG、PNG 或 WebP 图片。',
      });
    const known = await this.store.photos(id);
    if (known.length >= MOST_PHOTOS)
      throw new Refusal(409, { en: `Notice ${id} has ${MOST_PHOTOS} photos already.`, zh: `通知 ${id} 已有 ${MOST_PHOTOS} 张照片。` });
    const stored = await this.photos.write({ type, bytes });
    await this.store.addPhoto(id, stored, viewer.name);
    return photoOf({ ...stored, notice_id: id });
  }

  @Get(':id/photos/:sha256')
  @ApiOkResponse({ description: 'The photo', content: { 'image/jpeg': BYTES, 'image/png': BYTES, 'image/webp': BYTES } })
  async one(
    @CurrentViewer() viewer: Viewer,
    @Param('id') id: string,
    @Param('sha256', { schema: sha256Param }) sha256: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    await this.store.one(viewer, id);
    const known = (await this.store.photos(id)).find((one) => one.sha256 === sha256);
    const bytes = known && (await this.photos.read(known));
    if (!known || !bytes) throw new Refusal(404, { en: `Notice ${id} has no photo ${sha256}.`, zh: `通知 ${id} 没有照片 ${sha256}。` });
    response.setHeader('ETag', `"${sha256}"`);
    response.setHeader('Cache-Control', FOR_EVER);
    return new StreamableFile(bytes, { type: known.type, length: known.bytes });
  }
}
