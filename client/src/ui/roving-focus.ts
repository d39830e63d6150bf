const CONTROLS = 'a[href]:not([aria-hidden]), button, input, select';
const OWN_ARROWS = 'input:not([type="checkbox"]), select, textarea';

/**
 * Makes a group of controls, or of items with controls, one stop of the Tab key: the controls of one item can be reached by Tab, and
 * arrows move between items, as they are seen. Pass it as `ref` of the element whose children are the items.
 */
export function rovingFocus(group: HTMLElement | null): (() => void) | undefined {
  if (group === null) return undefined;
  let current: Element | undefined;
  const apply = (): void => {
    const items = itemsOf(group);
    if (current === undefined || !items.includes(current))
      current = items.find((item) => item.matches('[aria-pressed="true"]')) ?? items[0];
    for (const item of items) for (const control of controlsOf(item)) setReachable(control, item === current);
  };
  const onFocus = (event: FocusEvent): void => {
    const item = itemsOf(group).find((one) => event.target instanceof Node && one.contains(event.target));
    if (item === undefined || item === current) return;
    current = item;
    apply();
  };
  const onKey = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || target.matches(OWN_ARROWS) || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = itemsOf(group);
    const from = items.find((item) => item.contains(target));
    const to = from === undefined ? undefined : neighbourOf(from, items, key);
    if (from === undefined || to === undefined) return;
    event.preventDefault();
    // The same control of the other item: one can go along a row of buttons.
    const place = controlsOf(from).indexOf(target);
    const controls = controlsOf(to);
    (controls[place] ?? controls[0])?.focus();
  };
  const observer = new MutationObserver(apply);
  observer.observe(group, { childList: true, subtree: true });
  group.addEventListener('focusin', onFocus);
  group.addEventListener('keydown', onKey);
  apply();
  return () => {
    observer.disconnect();
    group.removeEventListener('focusin', onFocus);
    group.removeEventListener('keydown', onKey);
  };
}

function itemsOf(group: Element): Element[] {
  return [...group.children].filter((item) => controlsOf(item).length > 0);
}

function controlsOf(item: Element): HTMLElement[] {
  const own = item instanceof HTMLElement && item.matches(CONTROLS) ? [item] : [];
  return [...own, ...item.querySelectorAll<HTMLElement>(CONTROLS)];
}

function setReachable(control: HTMLElement, reachable: boolean): void {
  if (!reachable && control.tabIndex !== -1) control.tabIndex = -1;
  if (reachable && control.tabIndex === -1) control.removeAttribute('tabindex');
}

/** The item beside, above or below; undefined at an edge, where the key scrolls the page. */
function neighbourOf(from: Element, items: readonly Element[], key: string): Element | undefined {
  const forward = getComputedStyle(from).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const place = items.indexOf(from);
  if (key === 'ArrowLeft' || key === 'ArrowRight') return items[place + (key === forward ? 1 : -1)];
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const at = from.getBoundingClientRect();
  const isBeyond = ({ top, bottom }: DOMRect): boolean => (key === 'ArrowDown' ? top >= at.bottom - 1 : bottom <= at.top + 1);
  const distance = ({ top, left }: DOMRect): number => Math.abs(top - at.top) * 1_000 + Math.abs(left - at.left);
  return items
    .map((item) => ({ item, box: item.getBoundingClientRect() }))
    .filter(({ box }) => isBeyond(box))
    .sort((a, b) => distance(a.box) - distance(b.box))
    .at(0)?.item;
}
