# Relays and proxies: Debian's nginx with its stream module, for an ordinary user and ports above 1024. Its containers own the network
# namespaces of a stage, and close them with nftables before anything else runs in them.
# A container brings its own /etc/postern/nginx.conf, which includes /etc/nginx/modules-enabled/*.conf for `stream`.
# The certificate is for browsers, which do not let a page sign anything unless it came over TLS or from this machine; nobody trusts it.
ARG BASE
FROM ${BASE}
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nginx-light libnginx-mod-stream nftables openssl \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o node -g node /etc/postern \
 && openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=postern -keyout /etc/postern/key.pem -out /etc/postern/certificate.pem \
 && chown node:node /etc/postern/key.pem \
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
