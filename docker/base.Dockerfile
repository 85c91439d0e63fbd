# The base where the official Node image cannot be pulled: Debian, the Node binary and npm that this checkout pins.
# Context: node (the binary) and npm.tgz (npm's own package).
ARG DEBIAN
FROM ${DEBIAN}
COPY node /usr/local/bin/node
ADD npm.tgz /usr/local/lib/node_modules/
RUN cd /usr/local/lib/node_modules \
 && mv package npm \
 && chmod +x /usr/local/bin/node npm/bin/*.js \
 && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
 && useradd --create-home --uid 1000 --shell /bin/bash node \
 && node --version \
 && npm --version
