# The files of one openclaw release, installed with the network but without running any of its code.
# Context: package.json (the dependency, its overrides), packed/ (the tarball, when one is under test)
# and certificates/ (the authorities this machine's npm trusts beyond the usual ones, often none).
ARG BASE
FROM ${BASE}
ARG NPM_CONFIG_REGISTRY
WORKDIR /opt/openclaw
COPY package.json ./
COPY packed/ ./packed/
RUN --mount=type=bind,source=certificates,target=/certificates \
    --mount=type=cache,id=postern-npm,target=/root/.npm \
    if [ -f /certificates/extra.pem ]; then export NODE_EXTRA_CA_CERTS=/certificates/extra.pem; fi \
 && npm install --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
