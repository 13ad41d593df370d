// Statistics of peer connections in the shape of the client SDK.

function sum(report, type, kind, names) {
  const total = Object.fromEntries(names.map((name) => [name, 0]));
  for (const entry of report.values()) {
    if (entry.type !== type || entry.kind !== kind) continue;
    for (const name of names) total[name] += entry[name] ?? 0;
  }
  return total;
}

const rate = (report, type) => [...report.values()]
  .find((entry) => entry.type === type && entry.kind === "video")?.framesPerSecond ?? 0;

/** What a subscriber received. */
export function received(report) {
  const names = ["bytesReceived", "packetsReceived", "packetsLost"];
  return {
    audio: sum(report, "inbound-rtp", "audio", names),
    video: { ...sum(report, "inbound-rtp", "video", names), frameRate: rate(report, "inbound-rtp") },
    timestamp: Date.now(),
  };
}

/** What a publisher sent to one subscriber. */
export function sent(report) {
  const names = ["bytesSent", "packetsSent"];
  const of = (kind) => ({
    ...sum(report, "outbound-rtp", kind, names),
    ...sum(report, "remote-inbound-rtp", kind, ["packetsLost"]),
  });
  return {
    audio: of("audio"),
    video: { ...of("video"), frameRate: rate(report, "outbound-rtp") },
    timestamp: Date.now(),
  };
}
