# The whole of Linli is one program; this builds it, and puts it alone into a small image.

FROM rust:1-slim-trixie AS build
WORKDIR /src
COPY . .
# What was compiled before stays in the cache between builds; only the program leaves it.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked \
    && install -D target/release/linli /out/linli

FROM debian:trixie-slim
# The zone's rules, so that times are those of the office's clock (TZ).
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin linli \
    && install -d -o linli -g linli -m 0750 /data
COPY --from=build /out/linli /usr/local/bin/linli
ENV LINLI_DATABASE_URL=sqlite:/data/linli.db \
    LINLI_LISTEN=0.0.0.0:3000
# linli, by number, so that a host can tell that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s --retries=3 CMD ["linli", "health"]
ENTRYPOINT ["linli"]
CMD ["serve"]
