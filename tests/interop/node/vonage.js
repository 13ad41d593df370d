// Every operation of the `@vonage/video` package against the emulator.

'use strict';

const { Auth } = require('@vonage/auth');
const { Video } = require('@vonage/video');
const { assert, settings, step, bug, refused, join, until, fields, noted, done } = require('./support');

const auth = new Auth({ applicationId: settings.applicationId, privateKey: settings.privateKey });
const [video, everyMethod] = noted(new Video(auth, { videoHost: settings.url }));

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
  await audioConnector(room);
  await leaving(room);
  await refusals();
  await everyMethod(['muteAllStreams', 'stripBlankValues', 'updateBroadcast']);
  return room;
}

async function sessionsAndTokens() {
  const session = await step('create_session', () => video.createSession());
  const id = session.sessionId;
  await step('create_session/the id names its application', async () => assert.equal(fields(id)[1], settings.applicationId));
  await step('create_session/archived automatically', async () => {
    const always = await video.createSession({ archiveMode: 'always', mediaMode: 'disabled', location: '192.0.2.1' });
    assert.notEqual(always.sessionId, id);
  });
  const publisher = video.generateClientToken(id, { role: 'publisher', data: 'name=Ann & Bö', initialLayoutClassList: ['focus', 'wide'] });
  const moderator = video.generateClientToken(id, { role: 'moderator' });
  const ann = await step('join/as publisher', () => join(id, publisher, [{ name: 'camera', videoType: 'camera' }, { name: 'screen', videoType: 'screen' }]));
  const bob = await step('join/as moderator', () => join(id, moderator));
  assert.ok(ann && bob, 'nobody in the room: the rest makes no sense');
  return { id, publisher, moderator, ann: ann.connectionId, bob: bob.connectionId, camera: ann.streams[0].id, screen: ann.streams[1].id };
}

async function streams(room) {
  await step('list_streams', async () => {
    const found = await video.getStreamInfo(room.id);
    assert.deepEqual(found.items.map((stream) => stream.name).sort(), ['camera', 'screen']);
  });
  await step('get_stream', async () => {
    const stream = await video.getStreamInfo(room.id, room.screen);
    assert.equal(stream.id, room.screen);
    assert.equal(stream.videoType, 'screen');
  });
  await step('set_stream_class_lists', async () => {
    await video.setStreamClassLists(room.id, [{ id: room.screen, layoutClassList: ['full', 'main'] }]);
    assert.deepEqual((await video.getStreamInfo(room.id, room.screen)).layoutClassList, ['full', 'main']);
  });
}

async function signals(room) {
  await step('signal_session', () => video.sendSignal({ type: 'chat', data: 'to all of you, ✓' }, room.id));
  await step('signal_connection', () => video.sendSignal({ type: 'chat', data: 'to Bob' }, room.id, room.bob));
  await step('signal_connection/nobody there', () => refused(video.sendSignal({ type: 'a', data: 'x' }, room.id, '00000000-0000-4000-8000-000000000000'), /404/));
}

async function moderation(room) {
  await step('mute_stream', async () => {
    const project = await video.muteStream(room.id, room.camera);
    assert.equal(project.status, 'ACTIVE');
  });
  await step('mute_all', () => video.forceMuteAll(room.id, [room.screen]));
  await step('disable_force_mute', () => video.disableForceMute(room.id));
}

async function archives(room) {
  const archive = await step('start_archive', async () => {
    const started = await video.startArchive(room.id, { name: 'Weekly', resolution: '1280x720', layout: { type: 'bestFit', screenshareType: 'pip' } });
    assert.equal(started.status, 'started');
    assert.equal(started.name, 'Weekly');
    assert.equal(started.applicationId, settings.applicationId);
    return started;
  });
  await step('start_archive/already recording', () => refused(video.startArchive(room.id, {}), /409/));
  await step('get_archive', async () => assert.equal((await video.getArchive(archive.id)).status, 'started'));
  await step('list_archives', async () => {
    const found = await video.searchArchives({ sessionId: room.id, offset: 0, count: 10 });
    assert.equal(found.count, 1);
    assert.equal(found.items[0].id, archive.id);
  });
  await step('set_archive_layout', () => video.updateArchiveLayout(archive.id, { type: 'custom', stylesheet: 'stream { float: left; }' }));
  await step('add_archive_stream/composed automatically', () => refused(video.addArchiveStream(archive.id, room.camera), /405/));
  await step('stop_archive', async () => assert.equal((await video.stopArchive(archive.id)).status, 'stopped'));
  await step('get_archive/until it is available', async () => {
    const ready = await until(() => video.getArchive(archive.id), (it) => it.status === 'available');
    const file = await fetch(ready.url);
    assert.equal((await file.arrayBuffer()).byteLength, ready.size);
  });
  await step('stop_archive/long after', () => refused(video.stopArchive(archive.id), /409/));
  await step('delete_archive', () => video.deleteArchive(archive.id));

  const manual = await step('start_archive/manual', async () => {
    const options = { streamMode: 'manual', outputMode: 'individual', hasTranscription: true, transcriptionProperties: { primaryLanguageCode: 'en-US', hasSummary: true } };
    const started = await video.startArchive(room.id, options);
    assert.equal(started.streamMode, 'manual');
    assert.equal(started.hasTranscription, true);
    return started;
  });
  await step('add_archive_stream', async () => {
    await video.addArchiveStream(manual.id, room.camera, true, false);
    const [stream] = (await video.getArchive(manual.id)).streams;
    assert.deepEqual([stream.streamId, stream.hasAudio, stream.hasVideo], [room.camera, true, false]);
  });
  await step('remove_archive_stream', () => video.removeArchiveStream(manual.id, room.camera));
  await step('stop_archive/manual', () => video.stopArchive(manual.id));
}

async function broadcasts(room) {
  const outputs = { hls: { lowLatency: true }, rtmp: [{ id: 'tube', serverUrl: 'rtmps://example.com/live', streamName: 'key-1' }] };
  const broadcast = await step('start_broadcast', async () => {
    const started = await video.startBroadcast(room.id, { outputs, layout: { type: 'pip' }, maxDuration: 3600, resolution: '1280x720', streamMode: 'manual' });
    assert.equal(started.status, 'started');
    assert.equal(started.settings.hls.lowLatency, true);
    return started;
  });
  await step('start_broadcast/already on air', () => refused(video.startBroadcast(room.id, { outputs: { hls: {} } }), /409/));
  await step('get_broadcast', async () => {
    const live = await until(() => video.getBroadcast(broadcast.id), (it) => it.broadcastUrls.hlsStatus === 'live');
    assert.match(live.broadcastUrls.hls, /^https?:/);
  });
  await step('list_broadcasts', async () => {
    const found = await video.searchBroadcasts({ sessionId: room.id });
    assert.equal(found.count, 1);
    assert.equal(found.items[0].id, broadcast.id);
  });
  await step('add_broadcast_stream', async () => {
    await video.addStreamToBroadcast(broadcast.id, room.camera);
    assert.equal((await video.getBroadcast(broadcast.id)).streams[0].streamId, room.camera);
  });
  await step('remove_broadcast_stream', () => video.removeStreamFromBroadcast(broadcast.id, room.camera));
  await step('stop_broadcast', async () => assert.equal((await video.stopBroadcast(broadcast.id)).status, 'stopped'));
}

async function sip(room) {
  const called = await step('dial', async () => {
    const options = { token: room.publisher, sip: { uri: 'sip:bob@example.com', from: '15550100@example.com', headers: { 'X-Topic': 'weather' }, auth: { username: 'ann', password: 'secret' }, secure: true, video: false, observeForceMute: true } };
    const answer = await video.initiateSIPCall(room.id, options);
    assert.ok(answer.id && answer.connectionId && answer.streamId);
    return answer;
  });
  await step('dial/under the name that it had by mistake', async () => {
    const answer = await video.intiateSIPCall(room.id, { token: room.publisher, sip: { uri: 'sip:carla@example.com' } });
    assert.notEqual(answer.id, called.id);
  });
  await step('play_dtmf_session', () => video.playDTMF(room.id, '1p2#'));
  await step('play_dtmf_connection', () => video.playDTMF(room.id, '123', called.connectionId));
}

async function composer(room) {
  const render = await step('start_render', async () => {
    const options = { url: 'https://example.com/composition', maxDuration: 900, resolution: '1920x1080', properties: { name: 'Composed' }, statusCallbackUrl: 'https://example.com/renders' };
    const started = await video.startExperienceComposerRender(room.id, room.publisher, options);
    assert.equal(started.status, 'starting');
    assert.equal(started.name, 'Composed');
    return started;
  });
  await step('get_render', async () => {
    const running = await until(() => video.getExperienceComposerRender(render.id), (it) => it.status === 'started');
    assert.ok(running.streamId);
  });
  await step('list_renders', async () => {
    const found = await video.listExperienceComposerRenders({ offset: 0, count: 10 });
    assert.ok(found.items.some((it) => it.id === render.id));
  });
  await step('stop_render', () => video.stopExperienceComposerRender(render.id));
}

async function captions(room) {
  const started = await step('start_captions', async () => {
    // The type of this option is the text "true" or "false".
    const answer = await video.enableCaptions(room.id, room.moderator, { languageCode: 'en-US', maxDuration: 1800, partialCaptions: 'false' });
    assert.equal(typeof answer.captionsId, 'string');
    return answer;
  });
  await step('start_captions/they are on already', () => refused(video.enableCaptions(room.id, room.moderator), /409/));
  await bug('get_captions', 'no server has this path', () => refused(video.getCaptionStatus(started.captionsId), /404|405/));
  await step('stop_captions', () => video.disableCaptions(started.captionsId));
}

async function audioConnector(room) {
  const connected = await step('connect_websocket', async () => {
    const transport = { transport: 'json', encoding: 'base64', audioField: 'chunk', staticFields: { keepCase: 1 } };
    const options = { uri: 'wss://example.com/audio', streams: [room.camera], headers: { topic: 'weather' }, audioRate: 24000, bidirectional: true, audioTransport: transport };
    const answer = await video.connectToWebsocket(room.id, room.publisher, options);
    assert.ok(answer.id && answer.connectionId);
    return answer;
  });
  await bug('disconnect_websocket', 'no server has this path; an audio connector ends with its connection', () => refused(video.disconnectWebsocket(connected.id), /404/));
  await step('force_disconnect/of the audio connector', () => video.disconnectClient(room.id, connected.connectionId));
}

async function leaving(room) {
  await step('force_disconnect', () => video.disconnectClient(room.id, room.ann));
  await step('force_disconnect/nobody there', () => refused(video.disconnectClient(room.id, room.ann), /404/));
}

async function refusals() {
  await step('list_archives/a key of somebody else', async () => {
    const { generateKeyPairSync } = require('node:crypto');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
    const stranger = new Video(new Auth({ applicationId: settings.applicationId, privateKey }), { videoHost: settings.url });
    await refused(stranger.searchArchives({}), /401|403/);
  });
}

main().then(done, (error) => {
  console.error(error);
  process.exit(2);
});
