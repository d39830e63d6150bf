import { createElement, lazy, type ReactNode, useState } from 'react';

interface PageModule {
  Component: () => ReactNode;
  /** Begins to ask for what the page shows at this address first. */
  ask?(address: URL): Promise<unknown>;
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

  /** Asks for what it shows, once its code is there. */
  async ask(address: URL): Promise<void> {
    await this.#loaded?.ask?.(address);
  }

  /** A page whose code is there is shown at once: React would otherwise show nothing first, and then hold back what comes for 300 ms. */
  readonly Component = (): ReactNode => {
    // Chosen once: another component in the same place would begin anew.
    const [shown] = useState(() => ({ Component: this.#loaded?.Component ?? this.#Lazy }));
    return createElement(shown.Component);
  };

  readonly #Lazy = lazy(async () => ({ default: (await this.#load()).Component }));
}
