const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ');
const NAMES =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const FORMS = new Map<string, readonly string[]>();
for (let n = 0; n < ROMAN.length; n++) {
  const forms = [String(n + 1), ROMAN[n], NAMES[n]];
  for (const form of forms)
    FORMS.set(
      form,
      forms.filter((other) => other !== form),
    );
}

/** Other ways to write a numeral from 1 to 20: "ii" is "2" and "two". Empty for other words. */
export function otherNumerals(word: string): readonly string[] {
  return FORMS.get(word) ?? [];
}
