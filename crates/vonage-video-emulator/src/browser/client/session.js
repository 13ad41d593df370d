// Sessions: who is there, what is published, and what happens.

import { collection } from "./collection.js";
import { Emitter, Event } from "./emitter.js";
import { complete, ignored, invalidParameter, makeError, notConnected } from "./errors.js";
import { Connection, Stream } from "./models.js";
import { Publisher } from "./publisher.js";
import { Subscriber } from "./subscriber.js";
import { Wire } from "./wire.js";

/** The sessions that were initialised, by id. */
export const sessions = new Map();

const idOf = (thing, name) => (thing && typeof thing === "object" ? thing[name] : thing);

const OPTIONS = ["encryptionSecret", "iceConfig", "ipWhitelist", "proxyUrl", "singlePeerConnection"];

export class Session extends Emitter {
  #options;
  #connections = new Map();
  #streams = new Map();
  #publishers = new Set();
  #subscribers = new Set();
  /** The ends of peer connections of this page, by name and side. */
  #peers = new Map();
  #archiving = new Set();

  constructor(apiKey, sessionId, options = {}) {
    super();
    this.apiKey = apiKey;
    this.sessionId = sessionId;
    this.id = sessionId;
    this.connection = undefined;
    this.capabilities = undefined;
    this.currentState = "disconnected";
    /** Everybody and everything that is in the session, itself too. No document has them; public apps use them. */
    this.connections = collection(() => this.#connections);
    this.streams = collection(() => new Map([...this.#ownStreams(), ...this.#streams]));
    this.#options = options;
    for (const option of OPTIONS) if (options[option] !== undefined) ignored(`the option ${option} of a session`);
    sessions.set(sessionId, this);
  }

  #ownStreams() {
    return [...this.#publishers].filter(({ stream }) => stream).map(({ stream }) => [stream.streamId, stream]);
  }

  isConnected() {
    return this.currentState === "connected" || this.currentState === "reconnecting";
  }

  connect(token, handler) {
    this.#connect(token).then(
      (soFar) => {
        // All that is there is known before the first event.
        soFar.forEach((notice) => this.#learn(notice));
        this.emit("sessionConnected");
        complete(handler);
        soFar.forEach((notice) => (this.#created[notice.notice] ?? this.#notices[notice.notice])?.(notice));
      },
      (error) => complete(handler, error),
    );
    return this;
  }

  async #connect(token) {
    if (this.currentState !== "disconnected") throw makeError("OT_INVALID_PARAMETER", 1015, "the session is connected already");
    if (typeof token !== "string" || !token) throw invalidParameter("a token is needed to connect");
    this.currentState = "connecting";
    const wire = new Wire({
      event: (event) => this.#hear(event),
      lost: () => this.#reconnecting(),
      found: () => this.#reconnected(),
      gone: () => this.#over("networkDisconnected"),
    });
    this.wire = wire;
    try {
      const response = await wire.connect({
        sessionId: this.sessionId,
        token,
        apiKey: this.apiKey === undefined ? null : String(this.apiKey),
        sessionMigration: this.#options.sessionMigration === true,
      });
      this.currentState = "connected";
      this.capabilities = response.capabilities;
      const own = response.soFar.find((notice) => notice.connectionId === response.connectionId);
      this.connection = new Connection(own);
      return response.soFar;
    } catch (error) {
      this.currentState = "disconnected";
      wire.end();
      throw error;
    }
  }

  disconnect() {
    if (this.isConnected()) this.#ask("leave", { do: "leave" }).catch(() => {});
    return this;
  }

  #ask(verb, request) {
    return this.isConnected() ? this.wire.ask(verb, request) : Promise.reject(notConnected(verb));
  }

  /** Does what the emulator tells. */
  #hear(event) {
    if (event.relay) this.#relayed(event);
    else this.#notices[event.notice]?.(event);
  }

  /** Notes a connection or a stream of somebody else; answers whether it is new. */
  #learn(notice) {
    const { connectionId, streamId } = notice;
    const own = connectionId === this.connection.connectionId;
    if (notice.notice === "connectionCreated" && !this.#connections.has(connectionId)) {
      this.#connections.set(connectionId, own ? this.connection : new Connection(notice));
    } else if (notice.notice === "streamCreated" && !own && !this.#streams.has(streamId)) {
      this.#streams.set(streamId, new Stream(notice, this.#connections.get(connectionId)));
    } else {
      return false;
    }
    return true;
  }

  /** Tells the page of what was learned. */
  #created = {
    connectionCreated: ({ connectionId }) => {
      const connection = this.#connections.get(connectionId);
      if (connection && !this.#options.connectionEventsSuppressed) this.emit("connectionCreated", { connection });
    },
    streamCreated: ({ streamId }) => {
      const stream = this.#streams.get(streamId);
      if (stream) this.emit("streamCreated", { stream });
    },
  };

  #notices = {
    connectionCreated: (notice) => {
      if (this.#learn(notice)) this.#created.connectionCreated(notice);
    },
    connectionDestroyed: ({ connectionId, reason }) => {
      const connection = this.#connections.get(connectionId);
      this.#connections.delete(connectionId);
      if (connection && !this.#options.connectionEventsSuppressed) this.emit("connectionDestroyed", { connection, reason });
    },
    streamCreated: (notice) => {
      if (this.#learn(notice)) this.#created.streamCreated(notice);
    },
    streamDestroyed: ({ streamId, reason }) => {
      const publisher = this.getPublisherForStream(streamId);
      this.#publishers.delete(publisher);
      publisher?.ended(reason);
      const stream = this.#streams.get(streamId);
      const shown = this.getSubscribersForStream(streamId);
      const remove = () => shown.forEach((subscriber) => subscriber.destroy(reason));
      if (stream) this.emit("streamDestroyed", { stream, reason }, remove);
      else remove();
      this.#streams.delete(streamId);
    },
    streamPropertyChanged: ({ streamId, property, value }) => {
      const stream = this.#streams.get(streamId) ?? this.getPublisherForStream(streamId)?.stream;
      // A stream without video has no kind of video: that is not news beside hasVideo.
      if (!stream || (property === "videoType" && value === null)) return;
      const own = !this.#streams.has(streamId);
      const oldValue = own && typeof value === "boolean" ? !value : stream[property];
      if (!own && oldValue === value) return;
      stream[property] = value;
      this.getSubscribersForStream(streamId).forEach((subscriber) => subscriber.changed(property, value));
      this.emit("streamPropertyChanged", { stream, changedProperty: property, oldValue, newValue: value });
    },
    archiveStarted: ({ archiveId, name }) => this.#archive(archiveId, name, true),
    archiveStopped: ({ archiveId, name }) => this.#archive(archiveId, name, false),
    captionReceived: ({ streamId, caption, isFinal }) => {
      this.getSubscribersForStream(streamId).forEach((subscriber) => subscriber.caption(caption, isFinal));
    },
    signal: ({ from, type, data }) => {
      const fields = { data, from: from === null ? null : this.#connections.get(from) ?? null };
      // A typed signal has its whole type in the plain handler too.
      const name = type ? `signal:${type}` : "signal";
      this.dispatch(new Event(name, this, fields), undefined, ["signal", name]);
    },
    muted: ({ streamId }) => this.getPublisherForStream(streamId)?.muted(),
    forceMute: ({ active }) => this.emit("muteForced", { active }),
    sessionReconnecting: () => this.#reconnecting(),
    sessionReconnected: () => this.#reconnected(),
    disconnected: ({ reason }) => this.#over(reason),
  };

  #archive(id, name, active) {
    if (active === this.#archiving.has(id)) return;
    if (active) this.#archiving.add(id);
    else this.#archiving.delete(id);
    this.#publishers.forEach((publisher) => publisher.widget.update({ archiving: this.#archiving.size > 0 }));
    this.emit(active ? "archiveStarted" : "archiveStopped", { id, name });
  }

  #reconnecting() {
    if (this.currentState !== "connected") return;
    this.currentState = "reconnecting";
    this.emit("sessionReconnecting");
  }

  #reconnected() {
    if (this.currentState !== "reconnecting") return;
    this.currentState = "connected";
    this.emit("sessionReconnected");
  }

  #over(reason) {
    if (!this.isConnected()) return;
    this.currentState = "disconnected";
    this.wire.end();
    for (const publisher of [...this.#publishers]) publisher.ended(reason);
    this.emit("sessionDisconnected", { reason }, () => {
      for (const subscriber of [...this.#subscribers]) subscriber.destroy(reason);
    });
    for (const map of [this.#connections, this.#streams, this.#publishers, this.#peers, this.#archiving]) map.clear();
    this.connection = undefined;
    this.capabilities = undefined;
  }

  #relayed({ relay, peer, side, streamId, body }) {
    if (relay === "wanted") {
      const publisher = this.getPublisherForStream(streamId);
      if (publisher) this.addPeer(peer, "publisher", publisher.wanted(this.wire, peer));
    } else if (relay === "message") {
      this.#peers.get(`${peer} ${side}`)?.receive(body);
    } else if (relay === "ended") {
      if (side === "publisher") this.#publishers.forEach((publisher) => publisher.unwanted(peer));
      this.#peers.delete(`${peer} ${side}`);
    }
  }

  /** An end of a peer connection, to which messages for it go from now on. */
  addPeer(name, side, peer) {
    this.#peers.set(`${name} ${side}`, peer);
  }

  /** A subscriber is gone, and with it its end of a peer connection, if it had one. */
  forget(subscriber, name) {
    this.#subscribers.delete(subscriber);
    if (!name) return;
    this.#peers.delete(`${name} subscriber`);
    this.#ask("unsubscribe", { do: "unsubscribe", peer: name }).catch(() => {});
  }

  publish(target, properties, handler) {
    const done = [target, properties, handler].find((it) => typeof it === "function");
    const options = typeof properties === "object" ? properties : undefined;
    const publisher = target instanceof Publisher ? target : new Publisher(typeof target === "function" ? undefined : target, options ?? {});
    this.#publish(publisher).then(() => complete(done), (error) => complete(done, error));
    return publisher;
  }

  async #publish(publisher) {
    if (!this.isConnected()) throw notConnected("publish");
    if (!this.capabilities.publish) throw makeError("OT_PERMISSION_DENIED", 1500, "this token does not let its client publish");
    await publisher.ready;
    const { streamId } = await this.#ask("publish", { do: "publish", ...publisher.description() });
    this.#publishers.add(publisher);
    publisher.widget.update({ archiving: this.#archiving.size > 0 });
    publisher.published(this, streamId, this.connection);
  }

  unpublish(publisher) {
    if (publisher?.stream) this.endStream(publisher, "clientDisconnected");
    return this;
  }

  /** Ends a stream of this page. The rest follows when the emulator tells that it ended. */
  endStream(publisher, reason) {
    const { streamId } = publisher.stream;
    this.#ask("unpublish", { do: "unpublish", streamId, reason }).catch(() => publisher.ended(reason));
  }

  changeStream(stream, change) {
    this.#ask("change", { do: "change", streamId: stream.streamId, change }).catch(() => {});
  }

  subscribe(stream, target, properties, handler) {
    const done = [target, properties, handler].find((it) => typeof it === "function");
    const element = typeof target === "function" ? undefined : target;
    const options = properties && typeof properties === "object" ? properties : {};
    const subscriber = new Subscriber(this, stream, element, options, done);
    this.#subscribers.add(subscriber);
    return subscriber;
  }

  unsubscribe(subscriber) {
    subscriber?.destroy();
    return this;
  }

  getPublisherForStream(stream) {
    const id = idOf(stream, "streamId");
    return [...this.#publishers].find((publisher) => publisher.stream?.streamId === id);
  }

  getSubscribersForStream(stream) {
    const id = idOf(stream, "streamId");
    return [...this.#subscribers].filter((subscriber) => subscriber.streamId === id);
  }

  signal({ type, data, to, retryAfterReconnect } = {}, handler) {
    const fail = (error) => complete(handler, Object.assign(error, { signal: { type, data, to } }));
    if (retryAfterReconnect === false && this.currentState === "reconnecting") {
      fail(notConnected("signal"));
      return this;
    }
    const request = { do: "signal", type: type ?? null, data: data === undefined ? "" : String(data), to: idOf(to, "connectionId") ?? null };
    this.#ask("signal", request).then(() => complete(handler), fail);
    return this;
  }

  #moderate(verb, action) {
    return this.#ask(verb, { do: "moderate", action }).then(() => undefined);
  }

  forceDisconnect(connection, handler) {
    const action = { disconnect: idOf(connection, "connectionId") ?? "" };
    this.#moderate("disconnect", action).then(() => complete(handler), (error) => complete(handler, error));
    return this;
  }

  forceUnpublish(stream, handler) {
    const action = { unpublish: idOf(stream, "streamId") ?? "" };
    this.#moderate("unpublish", action).then(() => complete(handler), (error) => complete(handler, error));
    return this;
  }

  forceMuteStream(stream) {
    return this.#moderate("mute", { mute: idOf(stream, "streamId") ?? "" });
  }

  async forceMuteAll(excluded = []) {
    const except = excluded.map((stream) => idOf(stream, "streamId"));
    await this.#ask("mute", { do: "forceMute", except });
  }

  async disableForceMute() {
    await this.#ask("mute", { do: "forceMute", except: null });
  }

  async setEncryptionSecret() {
    ignored("setEncryptionSecret");
  }

  async setIceConfig() {
    ignored("setIceConfig");
  }
}
