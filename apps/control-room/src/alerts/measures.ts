export { type Measured, measureName, measureWords, metres, type Saying, tonnes, type Unit, unitOf, valueWord } from '@muckwatch/contract';
