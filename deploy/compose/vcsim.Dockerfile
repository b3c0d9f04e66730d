# The vCenter simulator of libs/testing/vcsim, with a certificate for loopback that is made while the image is built: its
# key is on no other machine.
FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum *.go ./
RUN CGO_ENABLED=0 go build -trimpath -o /vcsim .
WORKDIR /tls
RUN go run "$(go env GOROOT)/src/crypto/tls/generate_cert.go" --host 127.0.0.1,localhost --ca --ecdsa-curve P256 --duration 87600h

FROM alpine:3.22
COPY --from=build /vcsim /usr/local/bin/vcsim
COPY --from=build --chown=nobody /tls /tls
USER nobody
WORKDIR /tmp
ENTRYPOINT ["vcsim", "-l", "0.0.0.0:8989", "-tlscert", "/tls/cert.pem", "-tlskey", "/tls/key.pem"]
