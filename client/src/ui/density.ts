/** How close cards are: stored in the browser, and written to the root element, where style sheets read it. */
const KEY = 'density';

export type Density = 'roomy' | 'dense';

export function chosenDensity(): Density {
  return localStorage.getItem(KEY) === 'dense' ? 'dense' : 'roomy';
}

export function chooseDensity(density: Density): void {
  localStorage.setItem(KEY, density);
  startDensity();
}

export function startDensity(): void {
  document.documentElement.dataset.density = chosenDensity();
}
