# The files of one openclaw release, installed with the network but without running any of its code.
# Context: package.json (the dependency, its overrides), packed/ (the tarball, when one is under test), certificates/ (the
# authorities this machine's npm trusts beyond the usual ones, often none) and install-tree.sh.
# A target each for published releases, which share npm's cache, and for packed builds: what a pull request may have written
# into a cache must reach no other build, so theirs is new and goes with the step.
ARG BASE
FROM ${BASE} AS ground
RUN useradd --system --uid 990 --no-create-home --shell /usr/sbin/nologin installer \
 && install -d -o installer -g installer /opt/openclaw
WORKDIR /opt/openclaw
COPY --chown=installer:installer package.json ./
COPY --chown=installer:installer packed/ ./packed/

FROM ground AS published
ARG NPM_CONFIG_REGISTRY
RUN --mount=type=bind,source=certificates,target=/certificates \
    --mount=type=bind,source=install-tree.sh,target=/install-tree.sh \
    --mount=type=cache,id=postern-npm-published,target=/npm-cache \
    sh /install-tree.sh

FROM ground AS packed
ARG NPM_CONFIG_REGISTRY
RUN --mount=type=bind,source=certificates,target=/certificates \
    --mount=type=bind,source=install-tree.sh,target=/install-tree.sh \
    sh /install-tree.sh && rm -rf /npm-cache
