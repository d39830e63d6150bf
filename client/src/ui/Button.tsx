import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import styles from './Button.module.css';

type Look = 'primary' | 'quiet' | 'plain' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  look?: Look;
}

export function Button({ look = 'quiet', type = 'button', className, ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={classes(look, className)} />;
}

interface ButtonLinkProps extends ComponentProps<typeof Link> {
  look?: Look;
}

/** Looks like a button and goes somewhere. */
export function ButtonLink({ look = 'quiet', className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={classes(look, className)} />;
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does, for who does not see the icon. */
  label: string;
}

export function IconButton({ label, type = 'button', className, ...rest }: IconButtonProps) {
  return <button {...rest} type={type} aria-label={label} title={label} className={`${styles.icon} ${className ?? ''}`} />;
}

function classes(look: Look, more: string | undefined): string {
  return [styles.button, styles[look], more].filter((name) => name !== undefined).join(' ');
}
