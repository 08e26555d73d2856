# Two stages: the wheel is built where the tools are, and run where they are not.
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /src
COPY pyproject.toml uv.lock README.md LICENSE manifest.yml ./
COPY bot bot
COPY handlers handlers
COPY storage storage
ENV UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/threadpaint UV_COMPILE_BYTECODE=1
RUN uv sync --locked --no-dev --no-editable --extra postgres

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 threadpaint && install -d -o threadpaint /data
COPY --from=build /opt/threadpaint /opt/threadpaint
ENV PATH=/opt/threadpaint/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/threadpaint.db \
    PICTURES_URL=/data/pictures \
    THREADPAINT_HTTP=0.0.0.0:3000
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
# Being told to stop it finishes what it can within 20 seconds: give it 30 (`--stop-timeout`, `stop_grace_period`).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:3000/readyz', timeout=4)"]
ENTRYPOINT ["threadpaint"]
CMD ["serve"]
