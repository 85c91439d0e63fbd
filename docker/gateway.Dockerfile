# The gateway image: the installed tree plus the release's own install scripts, which 2026.9 demands
# before it starts. They are code under test: this build is given no network, and they run as `installer`, without capabilities
# and without a way to get them. `installer` may write the tree through its group; what it made becomes root's.
# npm is told that it is offline, or the scripts of 2026.4 wait for a registry that is not there.
# Those of 2026.5 leave a log folder where the gateway could not write.
ARG TREE
FROM ${TREE}
ENV npm_config_offline=true npm_config_fetch_retries=0
RUN HOME=$(mktemp -d) && export HOME && chown installer "$HOME" \
 && setpriv --reuid=installer --regid=installer --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    npm rebuild openclaw --loglevel=error \
 && find . ! -user root -exec chown -h root:installer {} + \
 && ln -s /opt/openclaw/node_modules/.bin/openclaw /usr/local/bin/openclaw \
 && install -d -o node -g node /home/node/.openclaw \
 && rm -rf /tmp/*
USER node
WORKDIR /home/node
ENV HOME=/home/node OPENCLAW_SKIP_CHANNELS=1 OPENCLAW_DISABLE_BONJOUR=1 NO_COLOR=1
# Up to 2026.3 the release compiles its plugins when it first runs and keeps the result in /tmp: 20 s of every boot and of every
# command in a new container. Node keeps what it compiled there too: a tenth of each boot. One command and one boot fill both.
# It finds no config and nobody calls; their home goes with its key.
RUN export HOME=/tmp/warm; openclaw health > /dev/null 2>&1; \
    timeout --kill-after=5 20 openclaw gateway --allow-unconfigured --auth token --token warm > /dev/null 2>&1; \
    rm -rf /tmp/warm /tmp/openclaw*
ENTRYPOINT []
CMD ["openclaw", "gateway", "--port", "18789", "--verbose"]
