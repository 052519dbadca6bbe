/** Who may sign in to the demo plant's servers. Demonstration secrets: both servers listen on the loopback address only. */
export const ACCOUNTS = {
  plant: { user: 'plant', password: 'anlan-demo-plant' },
  station: { user: 'station', password: 'anlan-demo-station' },
} as const;

export const isKnown = (user: string | undefined, password: string | undefined): boolean => Object.values(ACCOUNTS).some((account) => account.user === user && account.password === password);

export const GROUP = 'binhai';
const below = (topic: string, prefix: string) => topic.startsWith(prefix);

/** Where a wearable is told the way that its person is to go. */
export const wayTopic = (wearable: string): string => `${GROUP}/people/${wearable}/way`;
const WAY_TOPIC = new RegExp(`^${wayTopic('[^/]+')}$`);

/** Topics that an account may publish to. The plant speaks of itself; the station may announce itself as host, ask for rebirth and tell people their ways. */
export const mayPublish = (user: string | undefined, topic: string): boolean => {
  if (user === ACCOUNTS.plant.user) return below(topic, `${GROUP}/`) || below(topic, `spBv1.0/${GROUP}/`);
  if (user === ACCOUNTS.station.user) return below(topic, 'spBv1.0/STATE/') || below(topic, 'STATE/') || below(topic, `spBv1.0/${GROUP}/NCMD/`) || WAY_TOPIC.test(topic);
  return false;
};

/** Topic filters that an account may subscribe to. */
export const maySubscribe = (user: string | undefined, filter: string): boolean => {
  if (user === ACCOUNTS.plant.user) return filter === wayTopic('+') || below(filter, `spBv1.0/${GROUP}/NCMD/`) || below(filter, 'spBv1.0/STATE/') || below(filter, 'STATE/');
  if (user === ACCOUNTS.station.user) return filter === `${GROUP}/#` || below(filter, `${GROUP}/`) || below(filter, 'spBv1.0/') || below(filter, 'STATE/');
  return false;
};
