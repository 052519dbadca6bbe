/** Lines that Node-RED gathers before it writes: InfluxDB's own advice is 5,000 to 10,000; at 2,000 nothing waits for long. */
const LINES = 2_000;

/** A flow as a user of Node-RED would draw it: MQTT in → lines of InfluxDB's protocol, gathered → HTTP write; what is left goes out each second. */
export const flowsOf = ({ broker, influxPort }: { readonly broker: number; readonly influxPort: number }): readonly object[] => [
  { id: 'tab', type: 'tab', label: 'bench' },
  { id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(broker), clientid: '', autoConnect: true, usetls: false, protocolVersion: '4', keepalive: '60', cleansession: true },
  { id: 'in', type: 'mqtt in', z: 'tab', topic: 'bench/+', qos: '0', datatype: 'json', broker: 'broker', wires: [['gather']] },
  { id: 'each-second', type: 'inject', z: 'tab', props: [{ p: 'flush', v: 'true', vt: 'bool' }], repeat: '1', once: true, wires: [['gather']] },
  {
    id: 'gather', type: 'function', z: 'tab', outputs: 1, wires: [['write']],
    func: `const lines = context.get('lines') ?? [];
if (msg.flush !== true) lines.push('bench,tag=' + msg.topic.slice(6) + ' v=' + msg.payload.v + ',q=' + msg.payload.q + 'i ' + msg.payload.t);
const isDue = lines.length >= ${LINES} || (msg.flush === true && lines.length > 0);
context.set('lines', isDue ? [] : lines);
return isDue ? { payload: lines.join('\\n') } : null;`,
  },
  { id: 'write', type: 'http request', z: 'tab', method: 'POST', ret: 'txt', paytoqs: 'ignore', url: `http://127.0.0.1:${influxPort}/write?db=bench&precision=ms`, wires: [[]] },
];

export const influxConfiguration = ({ folder, port, rpcPort }: { readonly folder: string; readonly port: number; readonly rpcPort: number }): string => `reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
query-log-enabled = false
[http]
bind-address = "127.0.0.1:${port}"
log-enabled = false
`;
