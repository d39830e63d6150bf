import { createElement, lazy, type ReactNode, useState } from 'react';

export interface PageModule {
  Component: () => ReactNode;
  /** Starts the queries that the page shows first at this address. */
  preload?(address: URL): Promise<unknown>;
}

/** A page whose code is a chunk of its own. */
export class LazyPage {
  readonly #load: () => Promise<PageModule>;
  #loaded: PageModule | undefined;

  constructor(load: () => Promise<PageModule>) {
    this.#load = load;
  }

  async fetch(): Promise<void> {
    this.#loaded = await this.#load();
  }

  /** Starts the page's queries. Does nothing before its code was fetched. */
  async preload(address: URL): Promise<void> {
    await this.#loaded?.preload?.(address);
  }

  /** A page whose code is there is drawn at once: React would draw nothing first, and then hold its content back for 300 ms. */
  readonly Component = (): ReactNode => {
    // Chosen once: another component in the same place would lose its state.
    const [shown] = useState(() => ({ Component: this.#loaded?.Component ?? this.#Lazy }));
    return createElement(shown.Component);
  };

  readonly #Lazy = lazy(async () => ({ default: (await this.#load()).Component }));
}
