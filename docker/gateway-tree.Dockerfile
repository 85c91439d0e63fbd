# The files of one openclaw release, installed with the network but without running any of its code.
# Context: package.json (the dependency, its overrides), packed/ (the tarball, when one is under test)
# and certificates/ (the authorities this machine's npm trusts beyond the usual ones, often none).
ARG BASE
FROM ${BASE}
ARG NPM_CONFIG_REGISTRY
WORKDIR /opt/openclaw
COPY certificates/ /opt/certificates/
COPY package.json ./
COPY packed/ ./packed/
RUN --mount=type=cache,target=/root/.npm,sharing=locked \
    NODE_EXTRA_CA_CERTS=/opt/certificates/extra.pem \
    npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
