import { createPortPair } from '../../src-shared/kernel/index.ts';
import { contractSuite } from '../testing/contractSuite.ts';

contractSuite('memory', async () => ({
  async connect(serve) {
    const [station, client] = createPortPair();
    serve(station);
    return client;
  },
  async end() {},
}));
