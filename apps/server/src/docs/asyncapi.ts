import { alert, changed, command, health, notice, positions, snapshot, watch, watchAnswer } from '@muckwatch/contract';
import { mqttChannels } from '@muckwatch/protocols';
import { z } from 'zod';
import type { Config } from '../config.js';

/** Events of the namespace /live, by name. */
const DOWN: Record<string, [schema: z.ZodType, summary: string]> = {
  snapshot: [snapshot, 'On connect and after every reconnect'],
  positions: [positions, 'At most once a second: what changed and what the viewer may see'],
  alert: [alert, 'An alert as HTTP gives it; keep the greater version'],
  command: [command, 'A command to a truck as HTTP gives it, to those who may see it'],
  notice: [notice, 'A notice as HTTP gives it, to its recipient and to those who may see it; keep the greater version'],
  health: [health, 'How the server is'],
  changed: [changed, 'Places, base map, registry or rules were edited: fetch them again'],
};

/** The MQTT side and the live side, from the schemas that validate them: AsyncAPI 3.0. */
export function asyncApiDocument(config: Config): Record<string, unknown> {
  const mqtt = mqttChannels();
  const broker = config.mqttUrl ? new URL(config.mqttUrl).host : `${new URL(config.publicUrl).hostname}:${config.mqttPort}`;
  const { host, protocol } = new URL(config.publicUrl);
  const onMqtt = Object.entries(mqtt.channels).map(([key, channel]) => [key, { ...channel, servers: [{ $ref: '#/servers/mqtt' }] }]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'MuckWatch 渣土通',
      version: '1',
      description:
        'What truck terminals and gate cameras say over MQTT, and what the control room hears over Socket.IO. A terminal or camera signs in with its own id as user name ' +
        'and its own secret, and may publish and read only below its own id. On the embedded broker PUBACK means stored.',
    },
    servers: {
      mqtt: { host: broker, protocol: config.mqttUrl?.startsWith('mqtts') ? 'mqtts' : 'mqtt', protocolVersion: '3.1.1', security: [{ type: 'userPassword' }] },
      live: {
        host,
        protocol: protocol === 'https:' ? 'wss' : 'ws',
        pathname: '/socket.io',
        description: 'Socket.IO 4, after sign-in: the cookie, or `auth: { token }`',
        security: [{ type: 'httpApiKey', in: 'cookie', name: 'muckwatch' }],
      },
    },
    channels: { ...Object.fromEntries(onMqtt), live: liveChannel() },
    operations: { ...mqtt.operations, ...liveOperations() },
    components: { messages: { ...mqtt.components.messages, ...liveMessages() }, schemas: { ...mqtt.components.schemas, ...liveSchemas() } },
  };
}

function liveChannel(): object {
  const names = [...Object.keys(DOWN), 'watch', 'watchAnswer'];
  return {
    address: '/live',
    summary: 'Namespace of Socket.IO; the name of a message is that of the event',
    servers: [{ $ref: '#/servers/live' }],
    messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  };
}

function liveOperations(): Record<string, object> {
  const channel = { $ref: '#/channels/live' };
  const message = (name: string) => ({ $ref: `#/channels/live/messages/${name}` });
  const down = Object.entries(DOWN).map(([name, [, summary]]) => [
    `send${name[0]!.toUpperCase()}${name.slice(1)}`,
    { action: 'send', channel, summary, messages: [message(name)] },
  ]);
  const watching = {
    action: 'receive',
    channel,
    summary: 'What to be told of; acknowledged',
    messages: [message('watch')],
    reply: { channel, messages: [message('watchAnswer')] },
  };
  return { ...(Object.fromEntries(down) as Record<string, object>), receiveWatch: watching };
}

const liveSchemasByMessage = (): Record<string, z.ZodType> => ({
  ...Object.fromEntries(Object.entries(DOWN).map(([name, [schema]]) => [name, schema])),
  watch,
  watchAnswer,
});

function liveMessages(): Record<string, object> {
  const message = ([name, schema]: [string, z.ZodType]) => [
    name,
    { name, contentType: 'application/json', payload: { $ref: `#/components/schemas/${schema.meta()!.id}` } },
  ];
  return Object.fromEntries(Object.entries(liveSchemasByMessage()).map(message)) as Record<string, object>;
}

function liveSchemas(): Record<string, object> {
  const schemas: Record<string, object> = {};
  for (const schema of Object.values(liveSchemasByMessage())) {
    const { definitions = {}, ...root } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', override: tidy }) as Record<string, object>;
    Object.assign(schemas, { [schema.meta()!.id as string]: root }, definitions);
  }
  return JSON.parse(JSON.stringify(schemas).replaceAll('#/definitions/', '#/components/schemas/')) as Record<string, object>;
}

function tidy({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  for (const keyword of ['id', '$schema', '$id']) delete jsonSchema[keyword];
}
