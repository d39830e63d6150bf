import { Extensions, Field, InputType, Int, ObjectType } from 'type-graphql';
import type { DateOrder as DateOrderValue } from '../../library/history/history-date.ts';
import type { HistoryField as HistoryFieldValue } from '../../library/history/history-fields.ts';
import type { HistorySource as HistorySourceValue } from '../../library/history/history-source.ts';
import type { HistoryQuestion } from '../../library/history/read-history.ts';
import type { RowMeaning as RowMeaningValue } from '../../library/history/read-options.ts';
import { DateOrder, HistoryField, HistorySource, ImportQuestion, RowMeaning } from './history-import.enum.ts';

@InputType({ description: 'What a column of a file holds.' })
export class ColumnInput {
  @Field(() => String, { description: 'Name of the column.' })
  column!: string;

  @Field(() => HistoryField, { nullable: true, description: 'Null: nothing that is taken.' })
  field?: HistoryFieldValue | null;
}

/** What the viewer says about a file. */
@InputType()
abstract class HistoryAnswers {
  @Field(() => HistorySource, { nullable: true, description: 'Null: told by the columns.' })
  source?: HistorySourceValue | null;

  @Field(() => RowMeaning, { nullable: true, description: 'For a list, and for a file whose columns do not tell.' })
  rowsMean?: RowMeaningValue | null;

  @Field(() => DateOrder, { nullable: true, description: 'Null: told by dates with a number above 12.' })
  dateOrder?: DateOrderValue | null;

  @Field(() => Int, { nullable: true, description: 'Greatest rating of the scale: 5, 10 or 100. Null: told by the column and the values.' })
  ratingScale?: number | null;

  @Field(() => [ColumnInput], { nullable: true, description: 'For a GENERIC file. Columns that are left out are guessed. At most 200.' })
  mapping?: ColumnInput[] | null;
}

@InputType({ description: 'What the viewer says about a file within a zip.' })
export class HistoryEntryInput extends HistoryAnswers {
  @Field(() => String, { description: 'Name of the file, as in `ImportedFile.name`.' })
  name!: string;
}

@InputType({ description: 'A file of an import: CSV or JSON in any encoding, or a zip with such files.' })
export class HistoryFileInput extends HistoryAnswers {
  @Field(() => String, { description: 'Name of the file. It counts only where files of one site have equal columns.' })
  name!: string;

  @Field(() => String, { description: 'The bytes of the file in Base64.' })
  base64!: string;

  @Field(() => [HistoryEntryInput], { nullable: true, description: 'For a zip: what holds for single files in it. At most 50.' })
  entries?: HistoryEntryInput[] | null;
}

/** Columns of a file that are shown. */
export const MAX_SHOWN_COLUMNS = 50;
/** The import has read the columns already. */
const COLUMN_COST = 0.01;

@ObjectType({ simpleResolvers: true, description: 'A column of an imported file.' })
export class ImportedColumn {
  @Field(() => String)
  @Extensions({ cost: COLUMN_COST })
  column!: string;

  @Field(() => HistoryField, { nullable: true, description: 'What the column is taken for in a GENERIC file. Null: nothing.' })
  @Extensions({ cost: COLUMN_COST })
  field!: HistoryFieldValue | null;

  @Field(() => String, { description: 'The first value of the column, shortened.' })
  @Extensions({ cost: COLUMN_COST })
  sample!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A file of an import, or a file within its zip.' })
export class ImportedFile {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'Name of the zip that the file is within. Null for a file of its own.' })
  archive!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the file was not read. Null when it was.' })
  problem!: string | null;

  @Field(() => HistorySource, { nullable: true, description: 'Null when the file was not read.' })
  source!: HistorySourceValue | null;

  @Field(() => Int)
  rowCount!: number;

  @Field(() => [ImportQuestion], { description: 'What only the viewer knows about the file.' })
  @Extensions({ listLength: 3 })
  questions!: HistoryQuestion[];

  @Field(() => [ImportedColumn], { description: 'The first 50 columns.' })
  @Extensions({ listLength: MAX_SHOWN_COLUMNS })
  columns!: ImportedColumn[];

  @Field(() => RowMeaning, {
    nullable: true,
    description: 'What the rows are taken for when they do not say it themselves. Null when they say it, or when it is asked.',
  })
  rowsMean!: RowMeaningValue | null;

  @Field(() => Int, { nullable: true, description: 'Greatest rating of the scale that the ratings were read with.' })
  ratingScale!: number | null;

  @Field(() => Int, { description: 'Number of dates that were not understood. Their rows are taken without a date.' })
  unreadDates!: number;
}
