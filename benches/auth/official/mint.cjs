// Mints tokens with an official Node SDK for some milliseconds and prints the nanoseconds a token took.
const [task, millis] = process.argv.slice(2);
const env = (name) => process.env[`BENCH_${name}`];
const options = { role: 'publisher', data: env('DATA'), initialLayoutClassList: env('CLASSES').split(' ') };

let mint;
if (task === 'vonage') {
  const { Auth } = require('@vonage/auth');
  const { Video } = require('@vonage/video');
  const video = new Video(new Auth({ applicationId: env('APPLICATION'), privateKey: env('PRIVATE_KEY') }));
  mint = () => video.generateClientToken(env('VONAGE_SESSION'), options);
} else {
  const OpenTok = require('opentok');
  const opentok = new OpenTok(env('API_KEY'), env('API_SECRET'));
  const t1 = task === 'opentok-t1';
  mint = () => opentok.generateToken(env('OPENTOK_SESSION'), { ...options }, t1);
}

// Nanoseconds that this process had a processor.
const processorTime = () => { const { user, system } = process.cpuUsage(); return (user + system) * 1000; };

function run(span) {
  const end = performance.now() + Number(span);
  const started = processorTime();
  let minted = 0;
  while (performance.now() < end) {
    for (let index = 0; index < 10; index += 1) if (typeof mint() !== 'string') throw new Error('no token');
    minted += 10;
  }
  return (processorTime() - started) / minted;
}

run(millis); // warms up
console.log(run(millis));
