export type SamplerName =
  | 'always_on'
  | 'always_off'
  | 'traceidratio'
  | 'parentbased_always_on'
  | 'parentbased_always_off'
  | 'parentbased_traceidratio';

export interface TraceSettings {
  /** Where spans are posted to, as OTLP in JSON. */
  url: string;
  /** Sent with each post, such as the key of a collector. */
  headers: Record<string, string>;
  timeoutMs: number;
  serviceName: string;
  /** More attributes of this process in every trace, such as its environment. */
  resource: Record<string, string>;
  sampler: SamplerName;
  /** Share of the traces that are kept, from 0 to 1; for the samplers with a ratio. */
  ratio: number;
  /** A batch is sent this long after its first span. */
  delayMs: number;
}
