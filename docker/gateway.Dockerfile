# The gateway image: the installed tree plus the release's own install scripts, which 2026.9 demands
# before it starts. They are code under test, so this build is given no network.
# npm is told that it is offline, or the scripts of 2026.4 wait for a registry that is not there.
# Those of 2026.5 leave a log folder that belongs to root, where the gateway could not write.
ARG TREE
FROM ${TREE}
RUN npm_config_offline=true npm_config_fetch_retries=0 npm rebuild openclaw --loglevel=error \
 && ln -s /opt/openclaw/node_modules/.bin/openclaw /usr/local/bin/openclaw \
 && install -d -o node -g node /home/node/.openclaw \
 && rm -rf /tmp/openclaw
USER node
# Up to 2026.3 the release compiles its plugins when it first runs and keeps the result in /tmp: 20 s of every boot and of
# every command in a new container. Any command fills that cache; it finds no gateway here, and its home goes with its key.
RUN HOME=/tmp/warm openclaw health > /dev/null 2>&1; rm -rf /tmp/warm /tmp/openclaw
WORKDIR /home/node
ENV HOME=/home/node OPENCLAW_SKIP_CHANNELS=1 OPENCLAW_DISABLE_BONJOUR=1 NO_COLOR=1
ENTRYPOINT []
CMD ["openclaw", "gateway", "--port", "18789", "--verbose"]
