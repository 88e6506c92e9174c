import type { Takes } from '../importing/importFile.js';

/** Permits as rows, routes as GeoJSON: told apart by what stands in the file. */
export const PERMITS_TAKE: Takes = { plain: 'permits', columns: ['siteId'], features: 'routes' };

/** With the header as the server reads it, and one row that shows how each cell is written. */
export const CSV_SAMPLE = [
  'id,companyId,siteId,yardIds,truckIds,routeIds,hours,validFrom,validTo,volumeM3',
  'P-0001,company-1,site-1,yard-1;yard-2,,route-1,"[{""from"":""21:00"",""to"":""05:00""}]",2026-12-01,2026-12-31,12000',
  '',
].join('\r\n');
