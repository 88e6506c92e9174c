import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type LabBody, labBody, labRun, labRuns } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CITY, PLANNERS } from '../auth/roles.js';
import { CurrentViewer, mustSeeTheCity, type Viewer } from '../auth/viewer.js';
import { LabService } from './lab.service.js';

const THE_LAB = { en: 'The rule lab', zh: '规则试算' };

@ApiTags('rule lab')
@Controller('lab')
@Roles(...CITY)
export class LabController {
  constructor(private readonly lab: LabService) {}

  @Get()
  @Answers(labRuns, 'The last runs, newest first, without their alerts')
  list(@CurrentViewer() viewer: Viewer) {
    mustSeeTheCity(viewer, THE_LAB);
    return { items: this.lab.list() };
  }

  @Roles(...PLANNERS)
  @Post()
  @Answers(labRun, 'Begins to judge stored time under other limits; ask for the run to see how far it is. Nothing that is stored changes')
  start(@CurrentViewer() viewer: Viewer, @Body({ schema: labBody }) body: LabBody) {
    mustSeeTheCity(viewer, THE_LAB);
    return this.lab.start(viewer, body);
  }

  @Get(':id')
  @Answers(labRun, 'One run with what it has found so far')
  one(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    mustSeeTheCity(viewer, THE_LAB);
    return this.lab.one(id);
  }

  @Roles(...PLANNERS)
  @Delete(':id')
  @Answers(labRun, 'Stops it')
  stop(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    mustSeeTheCity(viewer, THE_LAB);
    return this.lab.stop(id);
  }
}
