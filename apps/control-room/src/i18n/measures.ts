export { measuresEn, measuresZh } from '@muckwatch/contract';
