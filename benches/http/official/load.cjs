// Gets archives with an official Node SDK for some milliseconds and prints what that took:
// requests, wall µs, CPU µs, median µs, 99th percentile µs, peak memory kB.

'use strict';

const fs = require('node:fs');

const [sdk, what, concurrency, millis, base] = process.argv.slice(2);
const env = (name) => process.env[`BENCH_${name}`];

function contender() {
  if (sdk === 'vonage') {
    const { Auth } = require('@vonage/auth');
    const { Video } = require('@vonage/video');
    const video = new Video(new Auth({ applicationId: env('APPLICATION'), privateKey: env('PRIVATE_KEY') }), { videoHost: base });
    return {
      one: async () => (await video.getArchive(env('ARCHIVE'))).size,
      list: async () => (await video.searchArchives({ count: 1000 })).items.length,
    };
  }
  const OpenTok = require('opentok');
  const opentok = new OpenTok(env('API_KEY'), env('API_SECRET'), base);
  const call = (method, ...args) =>
    new Promise((resolve, reject) => {
      opentok[method](...args, (error, value) => (error ? reject(error) : resolve(value)));
    });
  return {
    one: async () => (await call('getArchive', env('ARCHIVE'))).size,
    list: async () => (await call('listArchives', { count: 1000 })).length,
  };
}

async function ask(call, span) {
  const latencies = [];
  const until = performance.now() + span;
  const worker = async () => {
    for (let started = performance.now(); started < until; ) {
      if (!((await call()) > 0)) throw new Error('no archive');
      const ended = performance.now();
      latencies.push((ended - started) * 1000);
      started = ended;
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, worker));
  return latencies.sort((a, b) => a - b);
}

async function main() {
  const api = contender();
  if (what === 'cold') return console.log(await api.one());
  await ask(api[what], Number(millis) / 2);
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  const latencies = await ask(api[what], Number(millis));
  const elapsed = (performance.now() - started) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  const quantile = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  const peak = /VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1];
  console.log(latencies.length, elapsed, user + system, quantile(0.5), quantile(0.99), peak);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
