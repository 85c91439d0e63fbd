#!/usr/bin/env bash
# The Docker lane "postern": compares the packed candidate with a published baseline, and writes what the other lanes write. It takes
#   POSTERN_DIR                             a checkout of Postern at the commit that you reviewed
#   OPENCLAW_CURRENT_PACKAGE_TGZ            the packed candidate
#   OPENCLAW_UPGRADE_SURVIVOR_BASELINE_SPEC the baseline, openclaw@latest without it
#   OPENCLAW_DOCKER_ALL_LOG_DIR             where the lanes write, .artifacts/docker-tests without it
# and ends with the exit code of the comparison: 1 and 4 are about the candidate, 2 and 5 about Postern, 3 about this machine.
set -euo pipefail

candidate=${OPENCLAW_CURRENT_PACKAGE_TGZ:?the path of the packed candidate}
baseline=npm:${OPENCLAW_UPGRADE_SURVIVOR_BASELINE_SPEC:-openclaw@latest}
out=${OPENCLAW_DOCKER_ALL_LOG_DIR:-.artifacts/docker-tests}/postern
harness=${POSTERN_DIR:?the folder of Postern}

postern() { "$harness/node_modules/.bin/node" "$harness/harness/cli/main.ts" "$@"; }

node "$harness/harness/setup/ready.mjs"
code=0
postern gate "--base=$baseline" "--head=$candidate" "--reports=$out/reports" || code=$?
# Without a report there is nothing to convert: the comparison ended before it began, and its exit code says why.
[ -e "$out/reports/latest" ] || exit "$code"
postern lane --from "$out/reports/latest" --out "$out"
