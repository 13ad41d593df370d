// Connections and streams as apps see them.

export class Connection {
  constructor({ connectionId, data, createdAt }) {
    this.connectionId = connectionId;
    this.id = connectionId;
    this.data = data;
    this.creationTime = createdAt;
    this.permissions = {};
  }
}

const USUAL = { camera: { width: 640, height: 480 }, screen: { width: 1280, height: 720 } };

export class Stream {
  constructor(notice, connection) {
    this.streamId = notice.streamId;
    this.id = notice.streamId;
    this.connection = connection;
    this.name = notice.name ?? "";
    this.initials = notice.initials ?? "";
    this.creationTime = notice.createdAt;
    this.hasAudio = notice.hasAudio;
    this.hasVideo = notice.hasVideo;
    this.hasCaptions = notice.hasCaptions ?? false;
    this.videoType = notice.videoType ?? undefined;
    this.videoDimensions = notice.videoDimensions ?? { ...(USUAL[notice.videoType] ?? USUAL.camera) };
    this.frameRate = notice.frameRate ?? 30;
  }
}
