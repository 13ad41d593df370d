// What the emulator's client declares, in our own words. Types of the vendor's package may be used in its place.

declare namespace OT {
  interface Dimensions { width: number; height: number; }
  interface OTError extends Error { code: number; }
  type Done = (error?: OTError) => void;
  type Handler = (event: any) => void;
  type Handlers = Record<string, Handler>;

  class Emitter {
    on(names: string | Handlers, handler?: Handler | object, context?: object): this;
    once(names: string | Handlers, handler?: Handler | object, context?: object): this;
    off(names?: string | Handlers, handler?: Handler | object, context?: object): this;
    addEventListener(name: string, handler: Handler, context?: object): this;
    removeEventListener(name: string, handler: Handler, context?: object): this;
  }

  interface Connection { connectionId: string; creationTime: number; data: string; }

  interface Stream {
    streamId: string;
    connection: Connection;
    name: string;
    initials: string;
    creationTime: number;
    hasAudio: boolean;
    hasVideo: boolean;
    hasCaptions: boolean;
    videoType?: "camera" | "screen" | "custom";
    videoDimensions: Dimensions;
    frameRate: number;
  }

  interface WidgetProperties {
    insertMode?: "replace" | "after" | "before" | "append";
    insertDefaultUI?: boolean;
    width?: number | string;
    height?: number | string;
    fitMode?: "cover" | "contain";
    showControls?: boolean;
    style?: Record<string, string>;
  }

  interface CaptureProperties {
    audioSource?: string | boolean | null | MediaStreamTrack;
    videoSource?: string | boolean | null | MediaStreamTrack;
    resolution?: string;
    maxResolution?: Dimensions;
    frameRate?: number;
    facingMode?: string;
    disableAudioProcessing?: boolean;
    echoCancellation?: boolean;
    noiseSuppression?: boolean;
    autoGainControl?: boolean;
    enableStereo?: boolean;
    audioBitrate?: number;
  }

  interface PublisherProperties extends WidgetProperties, CaptureProperties {
    name?: string;
    initials?: string;
    mirror?: boolean;
    publishAudio?: boolean;
    publishVideo?: boolean;
    publishCaptions?: boolean;
    videoContentHint?: string;
    audioFilter?: Filter;
    videoFilter?: Filter;
    publishSenderStats?: boolean;
  }

  interface SubscriberProperties extends WidgetProperties {
    audioVolume?: number;
    subscribeToAudio?: boolean;
    subscribeToVideo?: boolean;
    preferredResolution?: Dimensions | "auto";
    preferredFrameRate?: number;
    testNetwork?: boolean;
  }

  interface Filter { type: string; [option: string]: unknown; }

  interface MediaProcessorConnector {
    setTrack(track: MediaStreamTrack): Promise<MediaStreamTrack>;
    destroy(): Promise<void>;
  }

  class Media extends Emitter {
    readonly id: string;
    readonly element?: HTMLElement;
    videoWidth(): number | undefined;
    videoHeight(): number | undefined;
    videoElement(): HTMLVideoElement;
    getImgData(): string | null;
    setStyle(name: string | Record<string, string>, value?: string): this;
    getStyle(name?: string): any;
  }

  class Publisher extends Media {
    accessAllowed: boolean;
    stream?: Stream;
    session?: Session;
    publishAudio(value: boolean): this;
    publishVideo(value: boolean, done?: Done): this;
    publishCaptions(value: boolean): this;
    getAudioSource(): MediaStreamTrack | null;
    getVideoSource(): { deviceId: string | null; type: string | null; track: MediaStreamTrack | null };
    setAudioSource(source: string | MediaStreamTrack): Promise<void>;
    setVideoSource(source: string | MediaStreamTrack): Promise<void>;
    cycleVideo(): Promise<{ deviceId: string }>;
    setVideoMediaProcessorConnector(connector: MediaProcessorConnector | null): Promise<void>;
    setAudioMediaProcessorConnector(connector: MediaProcessorConnector | null): Promise<void>;
    applyVideoFilter(filter: Filter): Promise<void>;
    clearVideoFilter(): Promise<void>;
    getVideoFilter(): Filter | null;
    applyAudioFilter(filter: Filter): Promise<void>;
    clearAudioFilter(): Promise<void>;
    getAudioFilter(): Filter | null;
    setVideoContentHint(hint: string): void;
    getVideoContentHint(): string;
    getStats(done: (error?: OTError, stats?: object[]) => void): void;
    getRtcStatsReport(): Promise<{ subscriberId: string; connectionId?: string; rtcStatsReport: RTCStatsReport }[]>;
    setPreferredResolution(resolution: Dimensions): void;
    setPreferredFrameRate(rate: number): void;
    setMaxVideoBitrate(bitrate: number): void;
    setVideoBitratePreset(preset: string): void;
    getVideoBitratePreset(): string | undefined;
    destroy(): this;
  }

  class Subscriber extends Media {
    stream: Stream;
    session: Session;
    subscribeToAudio(value: boolean): this;
    subscribeToVideo(value: boolean): this;
    subscribeToCaptions(value: boolean): Promise<void>;
    isSubscribedToCaptions(): boolean;
    isAudioBlocked(): boolean;
    setAudioVolume(volume: number): this;
    getAudioVolume(): number;
    setPreferredResolution(resolution: Dimensions): void;
    setPreferredFrameRate(rate: number): void;
    restrictFrameRate(value: boolean): void;
    getStats(done: (error?: OTError, stats?: object) => void): void;
    getRtcStatsReport(): Promise<RTCStatsReport>;
    destroy(): this;
  }

  interface SessionOptions {
    connectionEventsSuppressed?: boolean;
    sessionMigration?: boolean;
    encryptionSecret?: string;
    iceConfig?: object;
    ipWhitelist?: boolean;
    proxyUrl?: string;
  }

  class Session extends Emitter {
    sessionId: string;
    connection?: Connection;
    connections: Collection<Connection>;
    streams: Collection<Stream>;
    capabilities?: Record<"publish" | "subscribe" | "signal" | "forceUnpublish" | "forceDisconnect" | "forceMute", 0 | 1>;
    isConnected(): boolean;
    connect(token: string, done?: Done): this;
    disconnect(): this;
    publish(publisher: Publisher, done?: Done): Publisher;
    publish(target?: string | Element, properties?: PublisherProperties, done?: Done): Publisher;
    unpublish(publisher: Publisher): this;
    subscribe(stream: Stream, target?: string | Element, properties?: SubscriberProperties, done?: Done): Subscriber;
    unsubscribe(subscriber: Subscriber): this;
    signal(signal: { type?: string; data?: string; to?: Connection; retryAfterReconnect?: boolean }, done?: Done): this;
    forceDisconnect(connection: Connection, done?: Done): this;
    forceUnpublish(stream: Stream, done?: Done): this;
    forceMuteStream(stream: Stream): Promise<void>;
    forceMuteAll(excluded?: Stream[]): Promise<void>;
    disableForceMute(): Promise<void>;
    getPublisherForStream(stream: Stream): Publisher | undefined;
    getSubscribersForStream(stream: Stream): Subscriber[];
    getCapabilities(): void;
    setEncryptionSecret(secret: string): Promise<void>;
    setIceConfig(config: object): Promise<void>;
  }

  interface Collection<T> {
    find(condition?: Partial<T> | ((thing: T) => boolean)): T | undefined;
    where(condition?: Partial<T> | ((thing: T) => boolean)): T[];
    forEach(action: (thing: T) => void): void;
    map<U>(action: (thing: T) => U): U[];
    get(id: string): T | undefined;
    length(): number;
  }

  interface Device { deviceId: string; label: string; kind: "audioInput" | "videoInput"; }
  interface AudioOutputDevice { deviceId: string; label: string; }
}

declare interface OT {
  HAS_REQUIREMENTS: 1;
  NOT_HAS_REQUIREMENTS: 0;
  properties: object;
  sessions: OT.Collection<OT.Session>;
  publishers: OT.Collection<OT.Publisher>;
  subscribers: OT.Collection<OT.Subscriber>;
  initSession(apiKey: string, sessionId: string, options?: OT.SessionOptions): OT.Session;
  initPublisher(target?: string | Element, properties?: OT.PublisherProperties, done?: OT.Done): OT.Publisher;
  getDevices(done: (error?: OT.OTError, devices?: OT.Device[]) => void): void;
  getUserMedia(properties?: OT.CaptureProperties): Promise<MediaStream>;
  getAudioOutputDevices(): Promise<OT.AudioOutputDevice[]>;
  getActiveAudioOutputDevice(): Promise<OT.AudioOutputDevice>;
  setAudioOutputDevice(deviceId: string): Promise<unknown>;
  unblockAudio(): Promise<void>;
  checkSystemRequirements(): 0 | 1;
  checkScreenSharingCapability(done: (capability: object) => void): void;
  hasMediaProcessorSupport(): boolean;
  hasEndToEndEncryptionSupport(): boolean;
  getSupportedCodecs(): Promise<{ videoEncoders: string[]; videoDecoders: string[] }>;
  on(names: string | OT.Handlers, handler?: OT.Handler, context?: object): OT.Emitter;
  once(names: string | OT.Handlers, handler?: OT.Handler, context?: object): OT.Emitter;
  off(names?: string | OT.Handlers, handler?: OT.Handler, context?: object): OT.Emitter;
  addEventListener(name: string, handler: OT.Handler): OT.Emitter;
  removeEventListener(name: string, handler: OT.Handler): OT.Emitter;
  log(message: string): void;
  registerScreenSharingExtension(kind: string, id: string, version: number): void;
  upgradeSystemRequirements(): void;
  setProxyUrl(url: string): void;
  setLogLevel(level: number): void;
  reportIssue(done: (error?: OT.OTError, id?: string) => void): void;
}

declare const OT: OT;
export default OT;
