import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useId, useState } from 'react';

interface Options {
  /** Number of options. */
  count: number;
  expanded: boolean;
  /** The options are those of an earlier text: Enter waits for the right ones. */
  outdated: boolean;
  onChoose(place: number): void;
  onEscape(): void;
}

/**
 * Props of an input with a list of options, by the combobox pattern of the ARIA Authoring Practices Guide. Focus stays in the input.
 * Arrows select, Enter chooses, Escape closes.
 */
export function useCombobox({ count, expanded, outdated, onChoose, onEscape }: Options) {
  const listId = useId();
  const [active, setActive] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const chooseActive = useEffectEvent(() => {
    setWaiting(false);
    if (active < count) onChoose(active);
  });
  useEffect(() => {
    if (isWaiting && !outdated) chooseActive();
  }, [isWaiting, outdated]);
  const optionId = (place: number): string => `${listId}-${place}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    // An input method editor uses the same keys to compose a word.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onEscape();
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && count > 0) {
      const next = (active + step + count) % count;
      setActive(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') {
      if (outdated) setWaiting(true);
      else if (active < count) onChoose(active);
    }
    if (step !== 0 || event.key === 'Enter') event.preventDefault();
  };
  return {
    /** Selects the first option, for a new list. */
    selectFirst: (): void => {
      setActive(0);
      setWaiting(false);
    },
    inputProps: {
      role: 'combobox',
      'aria-expanded': expanded,
      'aria-controls': listId,
      'aria-autocomplete': 'list',
      'aria-activedescendant': expanded && active < count ? optionId(active) : undefined,
      autoComplete: 'off',
      onKeyDown,
    } as const,
    listId,
    optionProps: (place: number) =>
      ({
        id: optionId(place),
        role: 'option',
        'aria-selected': place === active,
        tabIndex: -1,
        // Otherwise the input would lose focus before the click.
        onPointerDown: (event: PointerEvent): void => event.preventDefault(),
        onPointerMove: (): void => setActive(place),
        onClick: (): void => onChoose(place),
      }) as const,
  };
}
