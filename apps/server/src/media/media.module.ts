import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import { PictureFiles } from './picture-files.js';

/** Photos that people add to their answers to notices, beside the pictures of sightings. */
export const NOTICE_PHOTOS = Symbol('NOTICE_PHOTOS');

@Module({
  providers: [
    { provide: PictureFiles, useFactory: (config: Config) => new PictureFiles(config, 'sightings'), inject: [Config] },
    { provide: NOTICE_PHOTOS, useFactory: (config: Config) => new PictureFiles(config, 'notices'), inject: [Config] },
  ],
  exports: [PictureFiles, NOTICE_PHOTOS],
})
export class MediaModule {}
