# gsa without anything else: docker build -t entra-gsa . && docker run --rm -v "$PWD:/work" entra-gsa check entra
FROM node:24-slim AS packed
WORKDIR /src
COPY . .
RUN npm ci && npm pack --pack-destination /packed

FROM node:24-slim
COPY --from=packed /packed/entra-gsa-*.tgz /tmp/
RUN npm install --global --omit=dev --no-audit --no-fund /tmp/entra-gsa-*.tgz && rm /tmp/entra-gsa-*.tgz
USER node
WORKDIR /work
ENTRYPOINT ["gsa"]
CMD ["--help"]
