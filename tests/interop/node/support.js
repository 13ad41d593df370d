// What the Node drivers share: steps that are reported one JSON object a line, and the emulator's control API.

'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');

const STEP_LIMIT_MS = 15_000;
let failed = 0;

const settings = {
  url: need('EMULATOR_URL'),
  mode: need('MODE'),
  apiKey: process.env.OPENTOK_API_KEY,
  apiSecret: process.env.OPENTOK_API_SECRET,
  applicationId: process.env.VONAGE_APPLICATION_ID,
  privateKey: process.env.VONAGE_PRIVATE_KEY_PATH && fs.readFileSync(process.env.VONAGE_PRIVATE_KEY_PATH, 'utf8'),
};

function need(name) {
  if (!process.env[name]) throw new Error(`${name} is not set`);
  return process.env[name];
}

/** Runs one step and reports it. `name` begins with the operation's id; what follows a slash tells steps of one operation apart. */
async function step(name, run) {
  let timer;
  try {
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no response within ${STEP_LIMIT_MS} ms`)), STEP_LIMIT_MS);
    });
    const value = await Promise.race([run(), limit]);
    report(name, true, '');
    return value;
  } catch (error) {
    failed += 1;
    report(name, false, String((error && error.stack) || (error && error.message) || error));
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** A step that shows a bug of the SDK. It fails when the bug is gone, so that the list of bugs stays true. */
function bug(name, reason, run) {
  return step(`${name}/known bug: ${reason}`, run);
}

function report(name, ok, detail) {
  console.log(JSON.stringify({ step: name, ok, detail }));
}

/** Expects a rejection whose message fits. */
async function refused(promise, pattern) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    assert.match(String((error && error.message) || error), pattern);
    return error;
  }
  assert.fail(`was accepted: ${JSON.stringify(value)}`);
}

/** A call of the emulator's control API. */
async function control(method, path, body) {
  const response = await fetch(`${settings.url}/_emulator${path}`, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** Joins a simulated client with a client token; it publishes what is named. */
function join(sessionId, token, publish = []) {
  return control('POST', `/sessions/${sessionId}/clients`, { token, publish });
}

/** Asks until the response fits. The emulator's clock is advanced between two requests. */
async function until(ask, fits) {
  for (let round = 0; round < 20; round += 1) {
    const value = await ask();
    if (fits(value)) return value;
    await control('POST', '/clock/advance', { seconds: 5 });
  }
  assert.fail('it never came to be');
}

/** The fields inside a session id. */
function fields(sessionId) {
  return Buffer.from(sessionId.slice(2), 'base64url').toString().split('~');
}

/** A client that notes which of its methods are called. */
function noted(client) {
  const called = new Set();
  const all = new Set();
  // Its own and its class's; what the class inherits is how requests are made.
  for (const name of [client, Object.getPrototypeOf(client)].flatMap(Object.getOwnPropertyNames)) {
    if (name !== 'constructor' && typeof client[name] === 'function') all.add(name);
  }
  const watching = new Proxy(client, {
    get(target, name) {
      if (!all.has(name)) return target[name];
      called.add(name);
      return target[name].bind(target);
    },
  });
  /** Every method was called, but those that serve others. */
  const everyMethod = (inner) => step('every method of the SDK', async () => {
    assert.deepEqual([...all].filter((name) => !called.has(name)).sort(), inner);
  });
  return [watching, everyMethod];
}

/** Ends the process: sockets that an SDK keeps open would hold it. The test looks at what became of the room. */
function done(room) {
  console.log(JSON.stringify({ room }));
  process.exit(failed ? 1 : 0);
}

module.exports = { assert, settings, step, bug, refused, control, join, until, fields, noted, done };
