export default OT;
export const {
  addEventListener, checkScreenSharingCapability, checkSystemRequirements, getActiveAudioOutputDevice, getAudioOutputDevices,
  getDevices, getSupportedCodecs, getUserMedia, hasEndToEndEncryptionSupport, hasMediaProcessorSupport, initPublisher, initSession,
  log, off, on, once, properties, publishers, registerScreenSharingExtension, removeEventListener, reportIssue, sessions,
  setAudioOutputDevice, setLogLevel, setProxyUrl, subscribers, unblockAudio, upgradeSystemRequirements,
} = OT;
