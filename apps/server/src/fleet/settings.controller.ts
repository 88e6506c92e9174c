import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { Config } from '../config.js';

const settings = z
  .object({
    cityTimeZone: z.string().meta({ description: 'Hours, windows and shown times are in it', example: 'Asia/Shanghai' }),
    publicUrl: z.string(),
    tiles: z
      .object({ url: z.string(), datum: z.enum(['wgs84', 'gcj02']), attribution: z.string().nullable() })
      .nullable()
      .meta({ description: 'A raster base map, the datum it is drawn in, and whose it is' }),
    demo: z.boolean().meta({ description: 'The city and its fleet are made up' }),
  })
  .meta({ id: 'Settings' });

/** What a page must know before it can draw anything. */
@ApiTags('settings')
@Controller('settings')
@Roles(...ANYONE)
export class SettingsController {
  constructor(private readonly config: Config) {}

  @Get()
  @ApiOperation({ operationId: 'readSettings', summary: 'Settings of this server that screens go by' })
  @Answers(settings)
  read(): z.infer<typeof settings> {
    const { cityTimeZone, publicUrl, tiles, demo } = this.config;
    return { cityTimeZone, publicUrl, tiles, demo };
  }
}
