# A gateway that is wrong on purpose: a release with a few files of its code replaced. None of it runs while this is built.
# Context: dist/ (the files that are replaced).
ARG GATEWAY
FROM ${GATEWAY}
COPY dist/ /opt/openclaw/node_modules/openclaw/dist/
