import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import styles from './Button.module.css';

type Variant = 'primary' | 'quiet' | 'plain' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  variant?: Variant;
}

export function Button({ variant = 'quiet', type = 'button', className, ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={classes(variant, className)} />;
}

interface ButtonLinkProps extends ComponentProps<typeof Link> {
  variant?: Variant;
}

/** A link that looks like a button. */
export function ButtonLink({ variant = 'quiet', className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={classes(variant, className)} />;
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** The name of the button for screen readers. */
  label: string;
}

export function IconButton({ label, type = 'button', className, ...rest }: IconButtonProps) {
  return <button {...rest} type={type} aria-label={label} title={label} className={`${styles.icon} ${className ?? ''}`} />;
}

function classes(variant: Variant, more: string | undefined): string {
  return [styles.button, styles[variant], more].filter((name) => name !== undefined).join(' ');
}
