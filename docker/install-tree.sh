#!/bin/sh
# Installs the package.json of this folder with the network, and runs no code of any package. gateway-tree.Dockerfile runs it as
# root, with npm's cache at /npm-cache; npm itself runs as `installer`, so that code which escapes it is not root.
set -eu

as_installer() {
  setpriv --reuid=installer --regid=installer --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
}

HOME=$(mktemp -d)
export HOME npm_config_cache=/npm-cache
mkdir -p /npm-cache
chown installer:installer "$HOME" /npm-cache
if [ -f /certificates/extra.pem ]; then export NODE_EXTRA_CA_CERTS=/certificates/extra.pem; fi

# An npm that is too old for these options ignores them: then nothing may be installed.
known=$(as_installer npm config get allow-git allow-remote allow-file allow-directory)
if [ "$(echo "$known" | grep -cE '=(all|root|none)$')" != 4 ]; then
  echo "npm error code EOLDNPM" >&2
  echo "npm error npm $(as_installer npm --version) in the base image cannot refuse dependencies from git, URLs and folders" >&2
  exit 1
fi

# The one file that npm may install is the tarball which package.json names; everything else comes from the registry.
as_installer npm install --omit=dev --ignore-scripts \
  --allow-git=none --allow-remote=none --allow-file=root --allow-directory=none \
  --no-audit --no-fund --no-update-notifier --loglevel=error

# The gateway, an ordinary user, must not be able to change its own code. Install scripts run as `installer`, and must.
chown -Rh root:installer .
chmod -R g+w .
rm -rf "$HOME" /tmp/*
