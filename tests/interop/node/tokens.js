// Verifies tokens with what the official SDKs verify with, and mints some with them. Reads one JSON object, writes one.

'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const OpenTok = require('opentok');
const { Auth } = require('@vonage/auth');
const { Video } = require('@vonage/video');
// The library that `opentok` signs with.
const jwt = require(require.resolve('jsonwebtoken', { paths: [require.resolve('opentok')] }));

const input = JSON.parse(fs.readFileSync(0, 'utf8'));

const verifiers = {
  hs256: (token) => jwt.verify(token, input.apiSecret, { algorithms: ['HS256'] }),
  rs256: (token) => jwt.verify(token, input.publicKey, { algorithms: ['RS256'] }),
  t1: verifyT1,
};

/** T1 has no library that reads it: its signature is computed again from the text that was signed. */
function verifyT1(token) {
  const [head, signed] = Buffer.from(token.slice('T1=='.length), 'base64').toString().split(/:(.*)/s);
  const { partner_id: key, sig } = Object.fromEntries(new URLSearchParams(head));
  if (key !== input.apiKey) throw new Error(`partner_id is ${key}`);
  const expected = crypto.createHmac('sha1', input.apiSecret).update(signed).digest('hex');
  if (sig !== expected) throw new Error('the signature is wrong');
  return Object.fromEntries(new URLSearchParams(signed));
}

async function mint() {
  const opentok = new OpenTok(input.apiKey, input.apiSecret);
  const vonageMode = new OpenTok(input.applicationId, input.privateKey);
  const auth = new Auth({ applicationId: input.applicationId, privateKey: input.privateKey });
  const options = { role: input.role, data: input.data, initialLayoutClassList: input.classes };
  return [
    { name: 'opentok JWT', project: 'opentok', kind: 'client', token: opentok.generateToken(input.opentokSession, options) },
    { name: 'opentok T1', project: 'opentok', kind: 'client', token: opentok.generateToken(input.opentokSession, options, true) },
    { name: 'opentok on Vonage', project: 'vonage', kind: 'client', token: vonageMode.generateToken(input.vonageSession, options) },
    { name: '@vonage/video', project: 'vonage', kind: 'client', token: new Video(auth).generateClientToken(input.vonageSession, options) },
    { name: 'opentok REST', project: 'opentok', kind: 'rest', token: opentok.generateJwt() },
    { name: 'opentok on Vonage REST', project: 'vonage', kind: 'rest', token: vonageMode.generateJwt() },
    { name: '@vonage/auth REST', project: 'vonage', kind: 'rest', token: (await auth.createBearerHeader()).replace('Bearer ', '') },
  ];
}

async function main() {
  const verified = input.verify.map(({ token, kind }) => verifiers[kind](token));
  console.log(JSON.stringify({ verified, minted: await mint() }));
}

main();
