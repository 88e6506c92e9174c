import { Parser } from '@asyncapi/parser';
import { mqttChannels } from './asyncapi.js';

describe('the MQTT pieces of AsyncAPI', () => {
  const pieces = mqttChannels();

  it('make a document that an AsyncAPI parser accepts', async () => {
    const document = { asyncapi: '3.0.0', info: { title: 'MuckWatch', version: '1' }, ...pieces };
    const { diagnostics } = await new Parser().parse(JSON.stringify(document));
    expect(diagnostics.filter(({ severity }) => Number(severity) === 0)).toEqual([]);
  });

  it('name every topic of wire.md, and which way it goes', () => {
    const actions = Object.values(pieces.operations).map((operation) => {
      const { action, channel } = operation as { action: string; channel: { $ref: string } };
      return `${action} ${(pieces.channels[channel.$ref.split('/').at(-1)!] as { address: string }).address}`;
    });
    expect(actions).toEqual([
      'receive muck/v1/terminals/{terminalId}/reports',
      'receive muck/v1/terminals/{terminalId}/status',
      'receive muck/v1/terminals/{terminalId}/replies',
      'send muck/v1/terminals/{terminalId}/commands',
      'receive muck/v1/cameras/{cameraId}/sightings',
      'receive muck/v1/cameras/{cameraId}/status',
      'receive frigate/events',
      'receive frigate/tracked_object_update',
    ]);
  });

  it('bear units and ranges', () => {
    expect(pieces.components.schemas.Report).toMatchObject({
      required: ['time', 'lat', 'lon'],
      properties: { lat: { minimum: -90, maximum: 90, 'x-unit': '°' }, speedKmh: { anyOf: [{ maximum: 250, 'x-unit': 'km/h' }, { type: 'null' }] } },
    });
  });
});
