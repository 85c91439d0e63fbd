import { compareRoutes } from './compare.ts';
import { findingsOf } from './findings.ts';
import { gatewayWith, playedRoute, routeOn } from './played.fixture.ts';
import { exitCodeOf, type RoutesReport, THIS_VERSION } from './report.ts';
import { toStored } from './stored-routes.ts';

const RELEASE = '2026.9.6';
const base = gatewayWith('2026.9.5', playedRoute(routeOn(RELEASE, 'models')), playedRoute(routeOn(RELEASE, 'panel')));
const head = gatewayWith(
  RELEASE,
  playedRoute(routeOn(RELEASE, 'models'), { 'no-credential from-lan double-slash': 'served' }),
  playedRoute(routeOn(RELEASE, 'panel')),
);

/** A report of a gateway that a form of the path opens, compared with one that it does not open. */
export function sampleReport(): RoutesReport {
  const findings = findingsOf(head);
  const comparison = compareRoutes(base, head);
  return {
    ...THIS_VERSION,
    command: 'postern routes --gateway 2026.9.6 --compare 2026.9.5',
    seed: 7,
    postern: '0.1.0',
    gateway: RELEASE,
    seconds: 12.4,
    played: toStored(head),
    findings,
    withheld: 0,
    comparison,
    exitCode: exitCodeOf(findings, comparison, head),
  };
}
