# parley in an image with nothing else in it.
#
#   docker build -t parley .
#   docker run --rm parley ask "How long did the Kremlin talks last?"
#
# compose.yaml runs it as a bot.

ARG BUILDER=docker.io/library/golang:1.26-bookworm
FROM ${BUILDER} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w -buildid=' -o /parley . \
 && mkdir -p /image/data /image/tmp /image/etc/ssl/certs \
 && cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ \
 && printf 'parley:x:65532:65532::/data:/nonexistent\n' >/image/etc/passwd \
 && printf 'parley:x:65532:\n' >/image/etc/group \
 && chown 65532:65532 /image/data && chmod 0750 /image/data && chmod 1777 /image/tmp

FROM scratch
COPY --from=build /image /
COPY --from=build /parley /parley
COPY LICENSE NOTICE /
USER 65532:65532
ENV HOME=/data
VOLUME /data
WORKDIR /data
ENTRYPOINT ["/parley"]
CMD ["serve", "--data", "/data", "--watch", "127.0.0.1:9464"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["/parley", "check", "--running", "127.0.0.1:9464"]
