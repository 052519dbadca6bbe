import { launchBrowser, openTwin, startTwinPage } from './serve.ts';

/** Takes pictures for looking at: `node e2e/twin/shoot.ts FOLDER name1 'query1' name2 'query2' …`; `window=1280x720` sets the size. */
const [folder = '/tmp', ...wanted] = process.argv.slice(2);
const { url, server } = await startTwinPage();
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.log(message.text().slice(0, 600));
  });
  page.on('response', (response) => {
    if (response.status() >= 400) console.log(response.status(), response.url());
  });
  page.on('pageerror', (error) => console.log(error.message, error.stack?.slice(0, 900)));
  for (let i = 0; i + 1 < wanted.length; i += 2) {
    const started = performance.now();
    const [width, height] = new URLSearchParams(wanted[i + 1]).get('window')?.split('x').map(Number) ?? [1920, 1080];
    await page.setViewportSize({ width: width!, height: height! });
    await openTwin(page, `${url}?${wanted[i + 1]}`);
    await page.screenshot({ path: `${folder}/${wanted[i]}.png` });
    console.log(wanted[i], JSON.stringify(await page.evaluate(() => globalThis.twin.handle?.figures())), `${Math.round(performance.now() - started)} ms`);
  }
} finally {
  await browser.close();
  await server.close();
}
