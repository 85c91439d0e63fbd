# A real browser for the gateway's own pages: Debian's Chromium, driven from outside over its debugging port. The page comes from
# the gateway under test, which may be anybody's pull request, so it is opened in a container that cannot reach the internet.
ARG BASE
FROM ${BASE}
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium \
 && rm -rf /var/lib/apt/lists/*
USER node
# Fails the build, not the first scenario, where Chromium does not run.
RUN chromium --version
WORKDIR /home/node
STOPSIGNAL SIGTERM
ENTRYPOINT []
