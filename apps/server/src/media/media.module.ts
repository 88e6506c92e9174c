import { Module } from '@nestjs/common';
import { PictureFiles } from './picture-files.js';

@Module({ providers: [PictureFiles], exports: [PictureFiles] })
export class MediaModule {}
