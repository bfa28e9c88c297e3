"""The dashboard put together: pages, live stream, HTTP API, sign-on, gate and settings."""
