// Peer connections: the publisher offers, the subscriber answers, candidates follow. Their names are the emulator's.

/** One end of a peer connection. */
class Peer {
  #chain = Promise.resolve();
  #send;
  #described = false;
  #early = [];

  constructor(wire, name, side) {
    this.name = name;
    this.connection = new RTCPeerConnection();
    this.#send = (body) => wire.ask("rtc", { do: "rtc", peer: name, side, body }).catch(() => {});
    this.connection.onicecandidate = ({ candidate }) => {
      if (candidate) this.#candidate(candidate.toJSON());
    };
  }

  /** Candidates follow the description, never before it. */
  #candidate(candidate) {
    if (this.#described) this.#send({ candidate });
    else this.#early.push(candidate);
  }

  /** Sets a local description that fits, and sends it. */
  async describe() {
    await this.connection.setLocalDescription();
    this.#send({ description: this.connection.localDescription.toJSON() });
    this.#described = true;
    this.#early.splice(0).forEach((candidate) => this.#send({ candidate }));
  }

  /** Does one thing after another. */
  queue(action) {
    this.#chain = this.#chain.then(action).catch((error) => {
      if (this.connection.signalingState !== "closed") console.warn("vonage-video emulator:", error);
    });
    return this.#chain;
  }

  /** What the other end sent may be anything: it is no more trusted than its page. */
  receive(body) {
    return this.queue(async () => {
      const { description, candidate } = body;
      if (candidate) await this.connection.addIceCandidate(candidate);
      if (description) await this.connection.setRemoteDescription(description);
      if (description?.type === "offer") await this.describe();
    });
  }

  close() {
    this.connection.onicecandidate = null;
    this.connection.ontrack = null;
    this.connection.onconnectionstatechange = null;
    this.connection.close();
  }
}

/** The end of a publisher: it sends a track of each kind, which may be none for now. */
export class SendingPeer extends Peer {
  #senders;

  constructor(wire, name, media) {
    super(wire, name, "publisher");
    const sender = (kind) => {
      const [track] = media.getTracks().filter((it) => it.kind === kind);
      return this.connection.addTransceiver(track ?? kind, { direction: "sendonly", streams: [media] }).sender;
    };
    this.#senders = { audio: sender("audio"), video: sender("video") };
    this.queue(() => this.describe());
  }

  replace(kind, track) {
    return this.#senders[kind].replaceTrack(track);
  }
}

/** The end of a subscriber. */
export class ReceivingPeer extends Peer {
  constructor(wire, name, { track, state }) {
    super(wire, name, "subscriber");
    this.connection.ontrack = (event) => track(event.track);
    this.connection.onconnectionstatechange = () => state(this.connection.connectionState);
  }
}
