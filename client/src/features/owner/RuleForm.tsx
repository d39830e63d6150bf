import { useLazyQuery, useMutation } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorRuleInput, OwnerRulesQuery, RulePreviewQuery } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { TextField } from '../../ui/TextField.tsx';
import { MoviePicker } from '../search/public/MoviePicker.tsx';
import styles from './RuleForm.module.css';
import { RulePreview } from './RulePreview.tsx';
import { useAdminAction } from './useAdminAction.ts';

const PreviewQuery = graphql(`
  query RulePreview($rule: OperatorRuleInput!) {
    admin {
      rulePreview(rule: $rule) {
        before {
          movieId
          ...RulePreview_movie
        }
        after {
          movieId
          ...RulePreview_movie
        }
      }
    }
  }
`);
const AddRuleMutation = graphql(`
  mutation AddOperatorRule($rule: OperatorRuleInput!) {
    addOperatorRule(rule: $rule) {
      id
    }
  }
`);

const CHOICES = ['HIDE', 'PIN', 'BOOST', 'DAMP'] as const;
type Effect = (typeof CHOICES)[number];
const STRENGTHS = { slight: 0.1, clear: 0.3, strong: 1 } as const;
type Strength = keyof typeof STRENGTHS;

interface Props {
  rules: OwnerRulesQuery['admin']['operatorRules'];
  genres: OwnerRulesQuery['genres'];
  services: OwnerRulesQuery['services'];
  onSaved(): Promise<void>;
}

/** A new rule: what it does, to what and why. Its effect is shown before it is saved. */
export function RuleForm({ rules, genres, services, onSaved }: Props) {
  const { t } = useTranslation();
  const genreName = useGenreName();
  const { busy, run } = useAdminAction();
  const [effect, setEffect] = useState<Effect>('HIDE');
  const [movie, setMovie] = useState<{ id: string; title: string }>();
  const [label, setLabel] = useState('');
  const [strength, setStrength] = useState<Strength>('clear');
  const [reason, setReason] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const [preview, setPreview] = useState<RulePreviewQuery['admin']['rulePreview']>();
  const [load] = useLazyQuery(PreviewQuery, { fetchPolicy: 'no-cache' });
  const [add] = useMutation(AddRuleMutation);
  const ofMovie = effect === 'HIDE' || effect === 'PIN';
  const rule = ruleOf({ effect, movieId: movie?.id, label, strength, reason });
  const exists = rules.some(
    (other) =>
      other.effect === (ofMovie ? effect : 'BOOST') &&
      (ofMovie ? other.movieId === movie?.id : label === `genre ${other.genre}` || label === `service ${other.service}`),
  );
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setPreview(undefined);
      setIncomplete(false);
    };
  const ifComplete = (action: () => void): void => {
    setIncomplete(rule === undefined);
    if (rule !== undefined && !exists) action();
  };
  const show = async (): Promise<void> => {
    if (rule === undefined) return;
    // The reason changes no list, and may not be written yet.
    const { data, error } = await load({ variables: { rule: { ...rule, reason: reason.trim() || '-' } } });
    if (error !== undefined) throw error;
    setPreview(data?.admin.rulePreview);
  };
  const save = async (): Promise<void> => {
    if (rule === undefined) return;
    await add({ variables: { rule } });
    setMovie(undefined);
    setLabel('');
    setReason('');
    setPreview(undefined);
    await onSaved();
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    ifComplete(() => void run(save, t('owner.rules.saved')));
  };
  return (
    <form className={styles.form} onSubmit={send} aria-label={t('owner.rules.new')}>
      <h3>{t('owner.rules.new')}</h3>
      <div className={styles.fields}>
        <label>
          {t('owner.rules.effect')}
          <select value={effect} onChange={({ target }) => change(setEffect)(CHOICES.find((known) => known === target.value) ?? 'HIDE')}>
            {CHOICES.map((known) => (
              <option key={known} value={known}>
                {t(`owner.rules.choices.${known}`)}
              </option>
            ))}
          </select>
        </label>
        {ofMovie ? (
          <div className={styles.movie}>
            <span>{t('owner.rules.movie')}</span>
            {movie === undefined ? (
              <MoviePicker label={t('owner.rules.movie')} chosen={[]} onPick={change(setMovie)} />
            ) : (
              <Button aria-label={t('owner.rules.otherMovie', { title: movie.title })} onClick={() => change(setMovie)(undefined)}>
                <bdi>{movie.title}</bdi>
              </Button>
            )}
          </div>
        ) : (
          <>
            <label>
              {t('owner.rules.label')}
              <select value={label} onChange={({ target }) => change(setLabel)(target.value)}>
                <option value="">{t('owner.rules.choose')}</option>
                <optgroup label={t('owner.rules.genres')}>
                  {genres.map((genre) => (
                    <option key={genre.id} value={`genre ${genre.id}`}>
                      {genreName(genre)}
                    </option>
                  ))}
                </optgroup>
                <optgroup label={t('owner.rules.services')}>
                  {services.map(({ id, name }) => (
                    <option key={id} value={`service ${id}`}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              </select>
            </label>
            <label>
              {t('owner.rules.strength')}
              <select value={strength} onChange={({ target }) => change(setStrength)(isStrength(target.value) ? target.value : 'clear')}>
                {Object.keys(STRENGTHS)
                  .filter(isStrength)
                  .map((known) => (
                    <option key={known} value={known}>
                      {t(`owner.rules.strengths.${known}`)}
                    </option>
                  ))}
              </select>
            </label>
          </>
        )}
      </div>
      <TextField
        label={t('owner.rules.reason')}
        hint={t('owner.rules.reasonHint')}
        required
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <p className={rows.soft} role="status">
        {exists ? t('owner.rules.exists') : incomplete ? t('owner.rules.incomplete') : ''}
      </p>
      <div className={rows.actions}>
        <Button disabled={busy} onClick={() => ifComplete(() => void run(show))}>
          {t('owner.rules.preview')}
        </Button>
        <Button variant="primary" type="submit" disabled={busy}>
          {t('owner.rules.save')}
        </Button>
      </div>
      {preview === undefined ? null : <RulePreview before={preview.before} after={preview.after} />}
    </form>
  );
}

function isStrength(text: string): text is Strength {
  return text in STRENGTHS;
}

interface Chosen {
  effect: Effect;
  movieId: string | undefined;
  /** "genre drama" or "service netflix". */
  label: string;
  strength: Strength;
  reason: string;
}

/** Undefined until it is chosen what the rule is about. */
function ruleOf({ effect, movieId, label, strength, reason }: Chosen): OperatorRuleInput | undefined {
  if (effect === 'HIDE' || effect === 'PIN') return movieId === undefined ? undefined : { effect, movieId, reason: reason.trim() };
  const [kind, id] = label.split(' ');
  if (id === undefined) return undefined;
  const subject = kind === 'genre' ? { genre: id } : { service: id };
  return { effect: 'BOOST', ...subject, strength: STRENGTHS[strength] * (effect === 'DAMP' ? -1 : 1), reason: reason.trim() };
}
