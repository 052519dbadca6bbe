// Who may import whom: "Direction of imports" of the architecture as rules over resolved paths. `npm run lint` plays them,
// scripts/lint.test.ts plants one violation for each.

/** The order of the modules: each may use those to its left, through their index.ts. */
const MODULES = ['security', 'ledger', 'registry', 'historian', 'feeds', 'cameras', 'values', 'people', 'inference', 'alarms', 'incidents', 'inspection', 'permits', 'hazards', 'consequence', 'risk', 'evacuation', 'emergency', 'reports', 'lake'];

/** The one home of each heavy package: packages, and the files that may import them. */
const HOMES = [
  { name: 'sql', packages: ['better-sqlite3'], home: '^src-main/platform/sql' },
  { name: 'field-protocols', packages: ['mqtt', 'mqtt-packet', 'node-opcua-[^/]+'], home: '^(src-main/modules/feeds|src-plant/servers)/' },
  { name: 'plant-servers', packages: ['aedes', 'node-opcua'], home: '^src-plant/' },
  { name: 'inference', packages: ['onnxruntime-[^/]+'], home: '^src-main/modules/inference/' },
  { name: 'pictures', packages: ['sharp', '@img/[^/]+'], home: '^(src-main/modules/(inference|cameras)|bench)/' },
  { name: 'web-server', packages: ['ws', 'sirv'], home: '^src-main/(platform/(http|stationProcess)|bridge/webSocketPort)' },
  { name: 'three', packages: ['three', 'three-stdlib', '@react-three/[^/]+'], home: '^src-renderer/(scene/|map/bridge[./])' },
  { name: 'deck', packages: ['deck\\.gl', '@deck\\.gl/[^/]+', '@luma\\.gl/[^/]+'], home: '^src-renderer/(map/|scene/bridge[./])' },
];

const TEST = '\\.test\\.tsx?$';
const npm = (packages) => `(^|/)node_modules/(@types/)?(${packages.join('|')})(/|$)`;
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from: { pathNot: TEST, ...from }, to });

/** Rooms: folders of the tree and all that they may reach. */
const within = (name, { from, may, comment, packages = [], core = false }) =>
  forbid(name, comment, typeof from === 'string' ? { path: from } : from, {
    pathNot: [...may, ...(packages.length > 0 ? [npm(packages)] : [])],
    ...(core ? { dependencyTypesNot: ['core'] } : {}),
  });

const rooms = [
  within('kernel-is-lowest', { from: '^src-shared/kernel/', may: ['^src-shared/kernel/'], comment: 'the kernel imports nothing' }),
  within('plant-formats', { from: '^src-shared/plant/', may: ['^src-shared/(kernel|plant)/'], packages: ['zod'], comment: 'the plant formats know the kernel and zod' }),
  within('contract-is-pure', { from: '^src-shared/contract/', may: ['^src-shared/'], packages: ['zod'], comment: 'the contract knows src-shared and zod' }),
  within('preload-is-alone', { from: '^src-preload/', may: ['^src-preload/'], packages: ['electron'], comment: 'the preload hands over one port and knows nothing else' }),
  within('model-is-pure', { from: '^src-main/modules/[^/]+/model/', may: ['^src-main/modules/[^/]+/model/', '^src-shared/'], packages: ['zod'], comment: 'model/ is pure: kernel, contract and the plant formats only' }),
  within('bridge-knows-no-module', { from: '^src-main/bridge/', may: ['^src-main/(bridge|platform)/', '^src-shared/'], packages: ['ws', 'zod'], core: true, comment: 'the bridge serves the contract and knows no module' }),
  forbid('shared-is-below', 'src-shared imports no other room and no Node', { path: '^src-shared/' }, { path: '^(src-(main|plant|preload|renderer)|scripts|bench|e2e)/' }),
  forbid('no-node-in-shared-and-renderer', 'src-shared and the renderer run without Node', { path: '^src-(shared|renderer)/' }, { dependencyTypes: ['core'] }),
  forbid('main-not-renderer', 'main and renderer meet in the contract only', { path: '^src-main/' }, { path: '^src-(renderer|preload|plant)/' }),
  forbid('renderer-not-main', 'main and renderer meet in the contract only', { path: '^src-renderer/' }, { path: '^src-(main|preload|plant)/' }),
  forbid('plant-knows-no-station', 'the demo plant knows the kernel and the plant formats only', { path: '^src-plant/' }, { path: '^(src-(main|preload|renderer)|src-shared/contract)/' }),
];

const station = [
  forbid('electron-has-one-home', 'electron only in src-main/electron, src-main/index.ts and src-preload', { path: '.', pathNot: ['^src-main/electron/', '^src-main/index\\.ts$', '^src-preload/', '^e2e/', TEST] }, { path: npm(['electron']) }),
  forbid('electron-knows-no-module', 'the shell serves the station; it knows no module', { path: '^src-main/electron/' }, { path: '^src-main/(modules|workers)/' }),
  forbid('platform-is-below', 'platform adapts Node and knows src-shared only', { path: '^src-main/platform/' }, { path: '^src-main/(?!platform/)' }),
  forbid('modules-below-station', 'modules know platform and src-shared; the station passes in the rest', { path: '^src-main/modules/' }, { path: '^src-main/(?!modules/|platform/)' }),
  forbid('module-by-index', 'a module is imported through its index.ts', { path: '^src-main/modules/([^/]+)/' }, { path: '^src-main/modules/[^/]+/', pathNot: ['^src-main/modules/$1/', '^src-main/modules/[^/]+/index\\.ts$'] }),
  forbid('module-by-index-from-outside', 'a module is imported through its index.ts; only worker entries reach into it', { path: '^(src-main|bench)/', pathNot: ['^src-main/(modules|workers)/', TEST] }, { path: '^src-main/modules/[^/]+/', pathNot: '^src-main/modules/[^/]+/index\\.ts$' }),
  forbid('module-is-listed', 'every module has its place in the order of .dependency-cruiser.cjs', { path: '.' }, { path: '^src-main/modules/', pathNot: `^src-main/modules/(${MODULES.join('|')})/` }),
  ...MODULES.slice(0, -1).map((module, place) => forbid(`module-order-${module}`, `${module} may use only the modules to its left`, { path: `^src-main/modules/${module}/` }, { path: `^src-main/modules/(${MODULES.slice(place + 1).join('|')})/` })),
  forbid('tests-only', 'src-main/testing is for tests, commands and benches', { path: '^src-(main|plant|renderer)/', pathNot: ['^src-main/(testing|commands)/', TEST] }, { path: '^src-main/testing/' }),
  forbid('station-ships', 'what the packaged station imports is in `dependencies`', { path: '^src-main/', pathNot: ['^src-main/(testing|commands)/', TEST] }, { dependencyTypes: ['npm-dev'], pathNot: npm(['electron', '@types']) }),
];

const screen = [
  forbid('ui-knows-no-contract', 'ui is a design system without domain words', { path: '^src-renderer/ui/' }, { path: ['^src-shared/(contract|plant)/', '^src-renderer/(?!ui/)'] }),
  forbid('scene-and-map-below-features', 'scene and map are fed by features', { path: '^src-renderer/(scene|map)/' }, { path: '^src-renderer/(features|app|link)/' }),
  forbid('link-is-lowest', 'link knows the kernel and the contract', { path: '^src-renderer/link/' }, { path: '^src-renderer/(?!link/)' }),
  forbid('feature-knows-no-feature', 'a feature imports no other feature', { path: '^src-renderer/features/([^/]+)/' }, { path: '^src-renderer/(features/|app/|[^/]+$)', pathNot: '^src-renderer/features/$1/' }),
];

const general = [
  { name: 'no-cycle', comment: 'no file imports itself by way of others', severity: 'error', from: {}, to: { circular: true } },
  { name: 'resolves', comment: 'every import resolves to a file or an installed package', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '[?]' } },
  { name: 'declared', comment: 'every package is named in package.json', severity: 'error', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
];

const homes = HOMES.map(({ name, packages, home }) => forbid(`one-home-${name}`, `${packages.join(', ')} only in ${home}`, { path: '.', pathNot: [home, '^(scripts|e2e|bench)/', '^src-main/testing/', TEST] }, { path: npm(packages) }));

module.exports = {
  forbidden: [...rooms, ...station, ...screen, ...homes, ...general],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'types', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.d.ts', '.json'], mainFields: ['module', 'main', 'types', 'typings'] },
    skipAnalysisNotInRules: true,
  },
};
