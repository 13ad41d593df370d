// One probe of an official Node SDK, by its name: what the SDK does where users were hurt. Reads one JSON object, writes one.

'use strict';

const fs = require('node:fs');
const OpenTok = require('opentok');
const { Auth } = require('@vonage/auth');
const videoPackage = require('@vonage/video');

const given = JSON.parse(fs.readFileSync(0, 'utf8'));

const opentok = (options) => new OpenTok(given.apiKey, given.apiSecret, options || given.url);
const vonageMode = (key) => new OpenTok(given.applicationId, key || given.privateKey, given.url);
const video = () => new videoPackage.Video(new Auth({ applicationId: given.applicationId, privateKey: given.privateKey }), { videoHost: given.url });

/** What a callback-style method says: its error, its value, and how long it took. */
function outcome(client, method, ...args) {
  const began = Date.now();
  return new Promise((resolve) => {
    const settle = (error, value) => resolve({ error: error ? String(error.message || error) : null, value, milliseconds: Date.now() - began });
    try {
      client[method](...args, settle);
    } catch (error) {
      settle(error);
    }
  });
}

const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

const probes = {
  // The mistake of a reference application: milliseconds where seconds are expected.
  expiryInMilliseconds: () => claims(video().generateClientToken(given.vonageSession, { expireTime: Date.now() + 30 * 1000 })),
  list: () => outcome(opentok(), 'listArchives', {}),
  listTwice: async () => {
    const client = opentok();
    return [await outcome(client, 'listArchives', {}), await outcome(client, 'listArchives', {})];
  },
  listWithTimeout: () => outcome(opentok({ apiUrl: given.url, timeout: 100 }), 'listArchives', {}),
  listThroughProxy: () => outcome(opentok({ apiUrl: given.url, proxy: given.proxy }), 'listArchives', {}),
  listWithAccountKey: () => outcome(new OpenTok('a1b2c3d4', 'AbCdEf0123456789', given.url), 'listArchives', {}),
  listWithKeyInOneLine: () => outcome(vonageMode(given.privateKey.replace(/\n/g, '\\n')), 'listArchives', {}),
  startArchive: () => outcome(opentok(), 'startArchive', given.session, {}),
  getArchive: () => outcome(opentok(), 'getArchive', given.archive),
  expiryOnVonage: () => claims(vonageMode().generateToken(given.vonageSession, { expireTime: Math.floor(Date.now() / 1000) + 60 })),
  exportedNames: () => Object.keys(videoPackage).concat(Object.keys(OpenTok)),
  // A handler that spreads what the browser sent over its own defaults.
  roleFromRequest: () => claims(video().generateClientToken(given.vonageSession, { role: 'subscriber', ...{ role: 'superuser' } })),
};

Promise.resolve(probes[process.env.PROBE]()).then((seen) => {
  console.log(JSON.stringify(seen === undefined ? null : seen));
  process.exit(0);
});
