/** The title of each probe of a cell, by its name in `looks` of report.json, in the order in which they are made. */
export const PROBE_TITLES: Readonly<Record<string, string>> = {
  knock: 'The knock',
  replay: 'Its request, replayed',
  again: 'The knock again',
  elsewhere: 'Its device, from another machine',
};
