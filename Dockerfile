# Two stages: the first builds the wheel, the second holds the program and nothing else.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE requirements.lock ./
COPY service service
COPY templates templates
COPY config config
RUN pip install --no-cache-dir "hatchling>=1.27,<2" \
    && python -m venv /app \
    && /app/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && pip wheel --no-cache-dir --no-deps --no-build-isolation -w /dist . \
    && /app/bin/pip install --no-cache-dir --no-deps /dist/*.whl

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /var/lib/rettidig rettidig \
    && mkdir /data && chown rettidig /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RETTIDIG_DATABASE_URL=sqlite:////data/rettidig.db \
    RETTIDIG_WEB__HOST=0.0.0.0
USER rettidig
WORKDIR /var/lib/rettidig
VOLUME /data
EXPOSE 8080
# Red when no round was finished for 90 seconds.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["rettidig"]
CMD ["run"]
