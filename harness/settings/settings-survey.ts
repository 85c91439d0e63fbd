import { orderFor } from '../order.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import type { PreparedSurvey, Survey, SurveyMeans } from '../survey/survey.ts';
import { count } from '../text/format.ts';
import { compareSettings, type SettingsComparison } from './compare.ts';
import { findingsOf, withoutFindings } from './findings.ts';
import { EVERY_ROUTE_OF_KNOCKS } from './knocks.ts';
import { playSettings } from './play-settings.ts';
import { SETTING_PROPERTIES } from './properties.ts';
import { writePublishedSettings } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, gapOf, SETTINGS_NAME, type SettingsReport, THIS_VERSION } from './report.ts';
import { type SeenSettings, seenSettingsSchema } from './seen-settings.ts';
import { type SettingFinding, sayWhere } from './setting-property.ts';
import { renderSettings } from './settings-markdown.ts';
import { printSettings } from './settings-text.ts';

/** The survey of what each access setting of a gateway opens: settings.json and settings.md. */
export const SETTINGS_SURVEY: Survey<SeenSettings, SeenSettings, SettingFinding, SettingsComparison, SettingsReport> = {
  name: SETTINGS_NAME,
  title: 'Properties of every access setting, alone and combined',
  why: 'An owner who opens the gateway in one way must not open it in another. Every kind of client knocks at each configuration.',
  file: 'harness/settings/properties.ts',
  properties: SETTING_PROPERTIES,
  prepare: (means) => prepareSettings(means, null),
  readBase,
  judge(head, base) {
    const comparison = base === null ? null : compareSettings(base, head);
    const findings = findingsOf(head);
    return { findings, introduced: [], comparison, exitCode: exitCodeOf(head, findings, comparison) };
  },
  findingsOf,
  violationOf: ({ property, seen, ...where }) => ({ property, where: sayWhere(where), by: [], seen }),
  sayBy: () => '',
  withoutFindings,
  changesOf: ({ settings }) =>
    settings.map(({ kind, was, is, ...where }) => ({ kind, where: sayWhere(where), gained: is, lost: was })),
  report: (basics, seen) => ({ ...THIS_VERSION, ...basics, seen }),
  markdown: renderSettings,
  terminal: printSettings,
  amountOf: ({ configurations }) =>
    `${count(
      configurations.reduce((sum, { knocks }) => sum + knocks.length, 0),
      'knock',
    )} at ${count(configurations.length, 'configuration')}`,
  gapOf,
  publishesGaps: false,
  stored: seenSettingsSchema,
  toStored: (seen) => seen,
  fromStored: (seen) => seen,
  write: (root, published) => writePublishedSettings(root, published),
};

/** Prepares the play of a gateway at the configurations with the ids of `only`, of which the plain one is one; null for all. */
export async function prepareSettings(
  { version, seed, out }: SurveyMeans,
  only: readonly string[] | null,
): Promise<PreparedSurvey<SeenSettings>> {
  return {
    gateway: PATIENT_GATEWAY,
    routes: EVERY_ROUTE_OF_KNOCKS,
    work: (stage) =>
      playSettings({
        ...{ stage, version, only, order: orderFor(seed, SETTINGS_NAME) },
        told: (configuration) => out.progress(`openclaw ${version}: ${configuration}`),
      }),
  };
}
