import { z } from 'zod';
import { FRIGATE_TOPICS } from './frigate.js';
import { wireFrigateEvent, wireFrigateUpdate } from './frigate-schemas.js';
import { wireCommand, wireReply, wireReport, wireReports, wireSighting, wireStatus } from './standard-schemas.js';
import { ROOT } from './topic.js';

/** Pieces of an AsyncAPI 3.0 document: the server adds Socket.IO, `info` and `servers`, and serves it. */
export interface MqttChannels {
  channels: Record<string, object>;
  operations: Record<string, object>;
  components: { messages: Record<string, object>; schemas: Record<string, object> };
}

type Direction = 'up' | 'down';

//              key                  address                                 sender       message      direction
const CHANNELS: [key: string, address: string, parameter: string | null, message: string, direction: Direction, summary: string][] = [
  ['terminalReports', `${ROOT}/terminals/{terminalId}/reports`, 'terminalId', 'Reports', 'up', 'One report, or a buffered upload of at most 500'],
  ['terminalStatus', `${ROOT}/terminals/{terminalId}/status`, 'terminalId', 'Status', 'up', 'Retained, also the will'],
  ['terminalReplies', `${ROOT}/terminals/{terminalId}/replies`, 'terminalId', 'Reply', 'up', 'What became of a command'],
  ['terminalCommands', `${ROOT}/terminals/{terminalId}/commands`, 'terminalId', 'Command', 'down', 'One command'],
  ['cameraSightings', `${ROOT}/cameras/{cameraId}/sightings`, 'cameraId', 'Sighting', 'up', 'One sighting'],
  ['cameraStatus', `${ROOT}/cameras/{cameraId}/status`, 'cameraId', 'Status', 'up', 'Retained, also the will'],
  ['frigateEvents', FRIGATE_TOPICS[0], null, 'FrigateEvent', 'up', "Frigate's own; its account is registered as a camera of kind frigate"],
  ['frigateUpdates', FRIGATE_TOPICS[1], null, 'FrigateUpdate', 'up', "Frigate's own; only plates are read"],
];

const PAYLOADS: Record<string, z.ZodType> = {
  Reports: wireReports,
  Status: wireStatus,
  Reply: wireReply,
  Command: wireCommand,
  Sighting: wireSighting,
  FrigateEvent: wireFrigateEvent,
  FrigateUpdate: wireFrigateUpdate,
};

const PARAMETERS: Record<string, object> = {
  terminalId: { description: 'Id under which the terminal is registered, also its user name: 1–64 of A–Z, a–z, 0–9, _ and -', examples: ['t-0042'] },
  cameraId: { description: 'Id under which the camera is registered, also its user name: 1–64 of A–Z, a–z, 0–9, _ and -', examples: ['gate-7'] },
};

/** Channels, operations and messages of the MQTT side, from the schemas that validate it. Operations are the server's: it receives what goes up and sends commands. */
export function mqttChannels(): MqttChannels {
  const channels: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const [key, address, parameter, message, direction, summary] of CHANNELS) {
    channels[key] = {
      address,
      summary,
      ...(parameter === null ? {} : { parameters: { [parameter]: PARAMETERS[parameter] } }),
      messages: { [message]: { $ref: `#/components/messages/${message}` } },
      bindings: { mqtt: { bindingVersion: '0.2.0' } },
    };
    operations[`${direction === 'up' ? 'receive' : 'send'}${key[0]!.toUpperCase()}${key.slice(1)}`] = {
      action: direction === 'up' ? 'receive' : 'send',
      channel: { $ref: `#/channels/${key}` },
      summary,
      messages: [{ $ref: `#/channels/${key}/messages/${message}` }],
      bindings: { mqtt: { qos: 1, retain: message === 'Status', bindingVersion: '0.2.0' } },
    };
  }
  return { channels, operations, components: { messages: messages(), schemas: schemas() } };
}

function messages(): Record<string, object> {
  return Object.fromEntries(
    Object.keys(PAYLOADS).map((name) => [name, { name, contentType: 'application/json', payload: { $ref: `#/components/schemas/${name}` } }]),
  );
}

function schemas(): Record<string, object> {
  const registry = z.registry<{ id?: string }>();
  for (const [name, schema] of Object.entries({ ...PAYLOADS, Report: wireReport })) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    target: 'draft-7',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // The calendar as a regular expression helps no reader.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]));
}
