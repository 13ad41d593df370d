/** A running emulator. It ends with this process, if not stopped before. */
export interface Emulator {
  /** The base URL of the API, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Variables with the URL and with credentials of a demo project of each environment. */
  readonly env: Readonly<
    Record<
      | "VONAGE_VIDEO_BASE_URL"
      | "VONAGE_APPLICATION_ID"
      | "VONAGE_PRIVATE_KEY"
      | "OPENTOK_API_KEY"
      | "OPENTOK_API_SECRET",
      string
    >
  >;
  /** Calls the control API under `/_emulator/`. Rejects unless the status is 2xx. */
  control(method: string, path: string, body?: unknown): Promise<any>;
  /** Forgets requests, faults and webhook targets; sessions and archives stay. */
  reset(): Promise<void>;
  /** Ends the emulator, and resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts an emulator on a free port. `args` are further flags of `vonage-video emulator`. */
export function start(options?: { args?: string[] }): Promise<Emulator>;
