export declare const SERVER: string;
export declare const SERVER_ENVIRONMENT: { MALLOC_MMAP_THRESHOLD_: string };
