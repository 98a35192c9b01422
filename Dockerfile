# npm run build, then: docker build -t pinhole . && docker run -p 7777:7777 -v pinhole:/data pinhole
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libstdc++6 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 1000 --no-create-home --shell /usr/sbin/nologin pinhole && install -d -o pinhole /data
COPY dist/pinhole /usr/local/bin/pinhole
USER pinhole
ENV PINHOLE_DATA=/data
VOLUME /data
EXPOSE 7777
ENTRYPOINT ["pinhole"]
