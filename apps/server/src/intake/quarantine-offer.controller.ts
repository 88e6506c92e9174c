import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type OfferBody, offerBody, offered } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { PLANNERS } from '../auth/roles.js';
import { CurrentViewer, mustSeeTheCity, type Viewer } from '../auth/viewer.js';
import { QuarantineOffer } from './quarantine-offer.service.js';

@ApiTags('history')
@Controller('quarantine/offer')
export class QuarantineOfferController {
  constructor(private readonly quarantine: QuarantineOffer) {}

  @Post()
  @Roles(...PLANNERS)
  @Answers(offered, 'Offers quarantined messages again, oldest first, at most 2,000 a call')
  offer(@CurrentViewer() viewer: Viewer, @Body({ schema: offerBody }) body: OfferBody) {
    mustSeeTheCity(viewer, { en: 'Quarantine', zh: '隔离区' });
    return this.quarantine.offer(body);
  }
}
