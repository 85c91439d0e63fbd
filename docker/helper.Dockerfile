# Relays and proxies: Debian's nginx with its stream module, for an ordinary user and ports above 1024.
# A container brings its own /etc/postern/nginx.conf, which includes /etc/nginx/modules-enabled/*.conf for `stream`.
ARG BASE
FROM ${BASE}
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nginx-light libnginx-mod-stream \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o node -g node /etc/postern \
 && chown -R node:node /var/lib/nginx /var/log/nginx
USER node
# Fails the build, not the first scenario, where the stream module does not load.
RUN printf 'pid /tmp/nginx.pid; include /etc/nginx/modules-enabled/*.conf; events {} stream {}' > /tmp/probe.conf \
 && nginx -t -e stderr -c /tmp/probe.conf \
 && rm /tmp/probe.conf
WORKDIR /home/node
STOPSIGNAL SIGTERM
ENTRYPOINT []
CMD ["nginx", "-e", "stderr", "-c", "/etc/postern/nginx.conf"]
