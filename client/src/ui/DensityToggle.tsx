import { Grid2x2, Grid3x3 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import { chooseDensity, chosenDensity } from './density.ts';

/** Switches lists between large cards and small ones with posters and titles only. */
export function DensityToggle() {
  const { t } = useTranslation();
  const [density, setDensity] = useState(chosenDensity);
  const next = density === 'roomy' ? 'dense' : 'roomy';
  return (
    <IconButton
      label={t(`density.${next}`)}
      onClick={() => {
        chooseDensity(next);
        setDensity(next);
      }}
    >
      {next === 'dense' ? <Grid3x3 aria-hidden /> : <Grid2x2 aria-hidden />}
    </IconButton>
  );
}
