import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AsyncSection } from '../src/ui/AsyncSection.tsx';
import { BarChart } from '../src/ui/BarChart.tsx';
import { Button, ButtonLink, IconButton } from '../src/ui/Button.tsx';
import { Chip } from '../src/ui/Chip.tsx';
import { DensityToggle } from '../src/ui/DensityToggle.tsx';
import { Details } from '../src/ui/Details.tsx';
import { Dialog } from '../src/ui/Dialog.tsx';
import { Footer } from '../src/ui/Footer.tsx';
import { InfiniteScrollTrigger } from '../src/ui/InfiniteScrollTrigger.tsx';
import { Page } from '../src/ui/Page.tsx';
import { PageSkeleton } from '../src/ui/PageSkeleton.tsx';
import { ScrollArea } from '../src/ui/ScrollArea.tsx';
import { Section } from '../src/ui/Section.tsx';
import { Skeleton } from '../src/ui/Skeleton.tsx';
import { StarRating } from '../src/ui/StarRating.tsx';
import { Tags } from '../src/ui/Tags.tsx';
import { TextField } from '../src/ui/TextField.tsx';
import { ThemeToggle } from '../src/ui/ThemeToggle.tsx';
import { useToast } from '../src/ui/Toast.tsx';
import styles from './gallery.module.css';

const SERVICES = [
  { id: 'netflix', name: 'Netflix' },
  { id: 'hulu', name: 'Hulu' },
];
const VARIANTS = ['primary', 'quiet', 'plain', 'danger'] as const;
const BARS = [0, 3, 12, 7, 40, 25, 1].map((value, n) => ({ label: `12:0${n}`, value, text: String(value) }));
const LONG_TEXT = 'A line of a log. '.repeat(200);
const NEVER = new Promise<string>(() => undefined);

/** A section for each file of client/src/ui that exports a component, by the name of the file. */
export const SECTIONS: Record<string, () => ReactNode> = {
  AsyncSection: () => (
    <>
      <div className={styles.wide}>
        <AsyncSection load={() => NEVER} height="2rem">
          {(text) => <p>{text}</p>}
        </AsyncSection>
      </div>
      <AsyncSection load={async () => 'The answer of the server'} height="2rem">
        {(text) => <p>{text}</p>}
      </AsyncSection>
    </>
  ),
  BarChart: () => (
    <div className={styles.wide}>
      <BarChart title="Requests" summary="1,234 in the last hour" bars={BARS} columns={['Minute', 'Requests']} tableLabel="As a table" />
    </div>
  ),
  Button: () => (
    <>
      {VARIANTS.map((variant) => (
        <Button key={variant} variant={variant}>
          {variant}
        </Button>
      ))}
      {VARIANTS.map((variant) => (
        <Button key={variant} variant={variant} disabled>
          {variant}, disabled
        </Button>
      ))}
      <ButtonLink to="/" variant="primary">
        Link
      </ButtonLink>
      <IconButton label="Remove">
        <Trash2 aria-hidden />
      </IconButton>
    </>
  ),
  Chip: () => {
    const [pressed, setPressed] = useState(true);
    return (
      <>
        <Chip pressed={pressed} onToggle={() => setPressed(!pressed)}>
          Pressed
        </Chip>
        <Chip pressed={false} onToggle={() => undefined}>
          Not pressed
        </Chip>
        <Chip pressed={false} onToggle={() => undefined}>
          A name that is much longer than the names of genres and services usually are
        </Chip>
      </>
    );
  },
  DensityToggle: () => <DensityToggle />,
  Details: () => (
    <div className={styles.wide}>
      <Details summary="Log">{LONG_TEXT}</Details>
    </div>
  ),
  Dialog: () => {
    const [open, setOpen] = useState(false);
    return (
      <>
        <Button onClick={() => setOpen(true)}>Open the dialog</Button>
        {open ? (
          <Dialog title="A dialog" onClose={() => setOpen(false)}>
            <p>Escape, the button and a click beside it close it.</p>
            <Button variant="primary" onClick={() => setOpen(false)}>
              Done
            </Button>
          </Dialog>
        ) : null}
      </>
    );
  },
  Footer: () => (
    <div className={styles.wide}>
      <Footer />
    </div>
  ),
  InfiniteScrollTrigger: () => {
    const [calls, setCalls] = useState(0);
    return (
      <>
        <p>Called {calls} times</p>
        <InfiniteScrollTrigger onNear={() => setCalls((before) => before + 1)} />
      </>
    );
  },
  Page: () => (
    <div className={styles.wide}>
      <Page title="Components" heading="A page's heading" lead="A sentence below it.">
        <p>Content</p>
      </Page>
    </div>
  ),
  PageSkeleton: () => (
    <div className={styles.wide}>
      <PageSkeleton>
        <Skeleton height="4rem" />
      </PageSkeleton>
    </div>
  ),
  ScrollArea: () => (
    <div className={styles.wide}>
      <ScrollArea label="A long text" className={styles.low}>
        {LONG_TEXT}
      </ScrollArea>
    </div>
  ),
  Section: () => (
    <div className={styles.wide}>
      <Section title="Preferences" lead="A sentence below the title.">
        <p>Content</p>
      </Section>
      <Section title="Without a sentence">
        <p>Content</p>
      </Section>
    </div>
  ),
  Skeleton: () => (
    <>
      <Skeleton width="12rem" height="1.4rem" />
      <Skeleton width="6rem" ratio="2 / 3" />
    </>
  ),
  StarRating: () => (
    <>
      <StarRating value={null} label="Not rated" onRate={() => {}} />
      <StarRating value={3.5} label="Three and a half stars" onRate={() => {}} />
    </>
  ),
  Tags: () => (
    <>
      <Tags label="Services" tags={SERVICES} />
      <Tags label="Services, and more" tags={SERVICES} more={3} />
    </>
  ),
  TextField: () => (
    <>
      <TextField label="Name" />
      <TextField label="Password" type="password" hint="At least 8 characters" autoComplete="off" />
      <TextField label="E-mail, required" type="email" required />
      <TextField label="Disabled" disabled defaultValue="Cannot be changed" />
    </>
  ),
  ThemeToggle: () => <ThemeToggle />,
  Toast: () => {
    const toast = useToast();
    return (
      <>
        <Button onClick={() => toast({ message: 'Added to the watchlist' })}>Message</Button>
        <Button onClick={() => toast({ message: 'Removed from the watchlist', undo: () => undefined })}>Message with undo</Button>
        <Button onClick={() => toast({ message: 'The server refused', urgent: true })}>Urgent message</Button>
      </>
    );
  },
};
