// Every operation of the `opentok` package against the emulator, in its OpenTok mode and in its Vonage mode (MODE).

'use strict';

const OpenTok = require('opentok');
const { assert, settings, step, bug, refused, join, until, fields, noted, done } = require('./support');

const vonage = settings.mode === 'vonage';
const project = vonage ? settings.applicationId : settings.apiKey;
const secret = vonage ? settings.privateKey : settings.apiSecret;
const [opentok, everyMethod] = noted(new OpenTok(project, secret, settings.url));

/** A callback-style method as a promise. */
function call(method, ...args) {
  return new Promise((resolve, reject) => {
    opentok[method](...args, (error, ...values) => (error ? reject(error) : resolve(values.length > 1 ? values : values[0])));
  });
}

async function main() {
  const room = await sessionsAndTokens();
  await streams(room);
  await signals(room);
  await moderation(room);
  await archives(room);
  await broadcasts(room);
  await sip(room);
  await composer(room);
  await captions(room);
  await step('connect_websocket', async () => {
    const options = { headers: { topic: 'weather' }, streams: [room.camera], bidirectional: true };
    const connected = await call('websocketConnect', room.id, room.publisher, 'wss://example.com/audio', options);
    assert.ok(connected.id && connected.connectionId);
  });
  await callbacks();
  await leaving(room);
  await refusals(room);
  await everyMethod(vonage ? ['generateJwt', 'listCallbacks', 'unregisterCallback'] : ['generateJwt']);
  return room;
}

async function sessionsAndTokens() {
  const session = await step('create_session', () => call('createSession', { mediaMode: 'routed' }));
  const id = session.sessionId;
  await step('create_session/the id names its project', async () => assert.equal(fields(id)[1], project));
  await step('create_session/archived automatically', async () => {
    const options = { mediaMode: 'routed', archiveMode: 'always', archiveName: 'Tägliche & "laute" Runde', archiveResolution: '1280x720', location: '192.0.2.1' };
    const always = await call('createSession', options);
    assert.notEqual(always.sessionId, id);
  });

  const publisher = opentok.generateToken(id, { role: 'publisher', data: 'name=Ann & Bö', initialLayoutClassList: ['focus', 'wide'] });
  const moderator = opentok.generateToken(id, { role: 'moderator' });
  // Vonage has no T1 tokens.
  const second = vonage ? moderator : opentok.generateToken(id, { role: 'moderator', data: 'name=Bob' }, true);
  const ann = await step('join/with a JWT', () => join(id, publisher, [{ name: 'camera', videoType: 'camera' }, { name: 'screen', videoType: 'screen' }]));
  const bob = await step(`join/with ${vonage ? 'a JWT' : 'a T1 token'}`, () => join(id, second));
  assert.ok(ann && bob, 'nobody in the room: the rest makes no sense');
  return { id, publisher, moderator, ann: ann.connectionId, bob: bob.connectionId, camera: ann.streams[0].id, screen: ann.streams[1].id };
}

async function streams(room) {
  await step('list_streams', async () => {
    const found = await call('listStreams', room.id);
    assert.deepEqual(found.map((stream) => stream.name).sort(), ['camera', 'screen']);
    assert.equal(found.find((stream) => stream.id === room.screen).videoType, 'screen');
  });
  await bug('get_stream', 'it parses the response a second time', async () => {
    await refused(call('getStream', room.id, room.camera), /is not valid JSON/);
  });
  await step('set_stream_class_lists', async () => {
    await call('setStreamClassLists', room.id, [{ id: room.screen, layoutClassList: ['full', 'main'] }]);
    const found = await call('listStreams', room.id);
    assert.deepEqual(found.find((stream) => stream.id === room.screen).layoutClassList, ['full', 'main']);
  });
}

async function signals(room) {
  await step('signal_session', () => call('signal', room.id, null, { type: 'chat', data: 'to all of you, ✓' }));
  await step('signal_connection', () => call('signal', room.id, room.bob, { type: 'chat', data: 'to Bob' }));
  await step('signal_connection/nobody there', async () => {
    await refused(call('signal', room.id, '00000000-0000-4000-8000-000000000000', { data: 'x' }), /Session or Connection not found/);
  });
}

async function moderation(room) {
  await step('mute_stream', () => call('forceMuteStream', room.id, room.camera));
  await step('mute_all', () => call('forceMuteAll', room.id, { excludedStreamIds: [room.screen] }));
  await step('disable_force_mute', () => call('disableForceMute', room.id));
}

async function archives(room) {
  const archive = await step('start_archive', async () => {
    const options = { name: 'Weekly', resolution: '1280x720', layout: { type: 'bestFit', screenshareType: 'pip' } };
    const started = await call('startArchive', room.id, options);
    assert.equal(started.status, 'started');
    assert.equal(started.sessionId, room.id);
    assert.equal(started.name, 'Weekly');
    assert.equal(started.resolution, '1280x720');
    assert.equal(typeof started.createdAt, 'number');
    return started;
  });
  await step('start_archive/already recording', () => refused(call('startArchive', room.id, {}), /Unexpected response from OpenTok/));
  await step('get_archive', async () => assert.equal((await call('getArchive', archive.id)).status, 'started'));
  await step('list_archives', async () => {
    const [found, count] = await call('listArchives', { sessionId: room.id, count: 10 });
    assert.equal(count, 1);
    assert.equal(found[0].id, archive.id);
  });
  await step('set_archive_layout', () => call('setArchiveLayout', archive.id, 'custom', 'stream { float: left; }', null));
  await step('add_archive_stream/composed automatically', () => refused(call('addArchiveStream', archive.id, room.camera), /Unsupported Stream Mode/));
  await step('stop_archive', async () => assert.equal((await call('stopArchive', archive.id)).status, 'stopped'));
  await step('get_archive/until it is available', async () => {
    const ready = await until(() => call('getArchive', archive.id), (it) => it.status === 'available');
    const file = await fetch(ready.url);
    assert.equal((await file.arrayBuffer()).byteLength, ready.size);
    assert.ok(ready.size > 0);
  });
  await step('stop_archive/long after', () => refused(call('stopArchive', archive.id), /./));
  await step('delete_archive', () => call('deleteArchive', archive.id));
  await step('get_archive/it is deleted', async () => {
    const after = await call('getArchive', archive.id).catch((error) => error);
    assert.ok(after.message === 'Archive not found' || after.status === 'deleted', JSON.stringify(after));
  });

  const manual = await step('start_archive/manual', async () => {
    const started = await call('startArchive', room.id, { streamMode: 'manual', outputMode: 'individual', hasVideo: false });
    assert.equal(started.streamMode, 'manual');
    assert.equal(started.hasVideo, false);
    return started;
  });
  await step('add_archive_stream', async () => {
    await call('addArchiveStream', manual.id, room.camera, { hasVideo: false });
    const [stream] = (await call('getArchive', manual.id)).streams;
    assert.equal(stream.streamId, room.camera);
    assert.equal(stream.hasVideo, false);
  });
  await step('remove_archive_stream', () => call('removeArchiveStream', manual.id, room.camera));
  await step('stop_archive/by the object that start gave', () => new Promise((resolve, reject) => {
    manual.stop((error, stopped) => (error ? reject(error) : resolve(assert.equal(stopped.status, 'stopped'))));
  }));
}

async function broadcasts(room) {
  const outputs = { hls: { dvr: true }, rtmp: [{ id: 'tube', serverUrl: 'rtmp://example.com/live', streamName: 'key-1' }] };
  const broadcast = await step('start_broadcast', async () => {
    const started = await call('startBroadcast', room.id, { outputs, layout: { type: 'pip' }, maxDuration: 3600, resolution: '1280x720', streamMode: 'manual' });
    assert.equal(started.status, 'started');
    assert.equal(started.broadcastUrls.rtmp[0].id, 'tube');
    return started;
  });
  await step('start_broadcast/already on air', () => refused(call('startBroadcast', room.id, { outputs: { hls: {} } }), /Failed to start broadcast/));
  await step('get_broadcast', async () => {
    const live = await until(() => call('getBroadcast', broadcast.id), (it) => it.broadcastUrls.hlsStatus === 'live');
    assert.match(live.broadcastUrls.hls, /^https?:/);
  });
  await step('list_broadcasts', async () => {
    const [found, count] = await call('listBroadcasts', { sessionId: room.id });
    assert.equal(count, 1);
    assert.equal(found[0].id, broadcast.id);
  });
  await step('set_broadcast_layout', () => call('setBroadcastLayout', broadcast.id, 'horizontalPresentation', null, null));
  await step('add_broadcast_stream', async () => {
    await call('addBroadcastStream', broadcast.id, room.camera);
    assert.equal((await call('getBroadcast', broadcast.id)).streams[0].streamId, room.camera);
  });
  await bug('add_broadcast_stream', 'it cannot leave out sound or picture', async () => {
    await call('addBroadcastStream', broadcast.id, room.screen, { hasAudio: false });
    const streams = (await call('getBroadcast', broadcast.id)).streams;
    assert.equal(streams.find((stream) => stream.streamId === room.screen).hasAudio, true);
  });
  await step('remove_broadcast_stream', () => call('removeBroadcastStream', broadcast.id, room.camera));
  await step('stop_broadcast', async () => assert.equal((await call('stopBroadcast', broadcast.id)).status, 'stopped'));
}

async function sip(room) {
  const called = await step('dial', async () => {
    const options = { headers: { 'X-Topic': 'weather' }, auth: { username: 'ann', password: 'secret' }, secure: true, from: '15550100@example.com', observeForceMute: true, video: true };
    const answer = await call('dial', room.id, room.publisher, 'sip:bob@example.com', options);
    assert.ok(answer.id && answer.connectionId && answer.streamId);
    return answer;
  });
  await step('play_dtmf_session', () => call('playDTMF', room.id, null, '1p2#'));
  await step('play_dtmf_connection', () => call('playDTMF', room.id, called.connectionId, '123'));
}

async function composer(room) {
  const render = await step('start_render', async () => {
    const options = { sessionId: room.id, token: room.publisher, url: 'https://example.com/composition', maxDuration: 900, resolution: '1920x1080' };
    const [started] = await call('startRender', options);
    assert.equal(started.status, 'starting');
    return started;
  });
  await step('get_render', async () => {
    const running = await until(() => call('getRender', render.id), ([it]) => it.status === 'started');
    assert.ok(running[0].streamId);
  });
  await step('list_renders', async () => {
    const [found] = await call('listRenders', { count: 10 });
    assert.ok(found.items.some((it) => it.id === render.id));
  });
  await step('stop_render', () => call('stopRender', render.id));
}

async function captions(room) {
  const id = await step('start_captions', async () => {
    const started = await call('startCaptions', room.id, room.moderator, { languageCode: 'de-DE', maxDuration: 1800 });
    assert.equal(typeof started, 'string');
    return started;
  });
  await step('start_captions/they are on already', () => refused(call('startCaptions', room.id, room.moderator, {}), /already started/));
  await step('stop_captions', () => call('stopCaptions', id));
}

async function callbacks() {
  if (vonage) {
    await step('register_callback/OpenTok only', () => refused(call('registerCallback', { group: 'archive', event: 'status', url: 'https://example.com/hook' }), /./));
    return;
  }
  const callback = await step('register_callback', () => call('registerCallback', { group: 'connection', event: 'created', url: 'https://example.com/hook' }));
  await step('list_callbacks', async () => {
    const found = await call('listCallbacks');
    assert.deepEqual(found.map((it) => [it.id, it.group, it.event]), [[callback.id, 'connection', 'created']]);
  });
  await step('unregister_callback', async () => {
    await call('unregisterCallback', callback.id);
    assert.deepEqual(await call('listCallbacks'), []);
  });
}

async function leaving(room) {
  await step('force_disconnect', () => call('forceDisconnect', room.id, room.ann));
  await step('force_disconnect/nobody there', () => refused(call('forceDisconnect', room.id, room.ann), /not found/));
  await step('list_streams/those of Ann are gone', async () => {
    const names = (await call('listStreams', room.id)).map((stream) => stream.name);
    assert.ok(!names.includes('camera') && !names.includes('screen'), String(names));
  });
}

async function refusals(room) {
  await step('get_archive/wrong secret', async () => {
    const stranger = new OpenTok(settings.apiKey, 'ffffffffffffffffffffffffffffffffffffffff', settings.url);
    await refused(new Promise((resolve, reject) => {
      stranger.listArchives({}, (error, found) => (error ? reject(error) : resolve(found)));
    }), /Invalid API key or secret/);
  });
  await step('start_archive/no such session', () => refused(call('startArchive', `${room.id}x`, {}), /./));
}

main().then(done, (error) => {
  console.error(error);
  process.exit(2);
});
