/** Karma in whichever Chrome there is; see e2e/chrome.ts. */
module.exports = async (config) => {
  const { chrome, flags } = await import('./e2e/chrome.ts');
  process.env.CHROME_BIN = await chrome();
  config.set({
    frameworks: ['jasmine'],
    plugins: [require('karma-jasmine'), require('karma-chrome-launcher')],
    browsers: ['HeadlessChrome'],
    customLaunchers: { HeadlessChrome: { base: 'Chrome', flags } },
    client: { jasmine: { random: true, failSpecWithNoExpectations: true } },
    reporters: [process.stdout.isTTY ? 'progress' : 'dots'],
    colors: Boolean(process.stdout.isTTY),
    hostname: 'localhost',
    listenAddress: 'localhost',
  });
};
