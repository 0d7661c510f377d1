"""Debian's nginx on loopback: a cache before the press room, or a server of its files."""

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager

MISSING = "nginx is missing: install Debian's package nginx-light"
_CONFIG = """\
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  include /etc/nginx/mime.types;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=press:1m;
  {more}
  server {{
    listen 127.0.0.1:{port};
    {server}
  }}
}}
"""
_CACHE = """\
location / {
      proxy_pass http://hosts;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_cache press;
      proxy_cache_revalidate on;
      add_header X-Cache $upstream_cache_status always;
    }
"""


def is_installed():
    return shutil.which("nginx", path="/usr/sbin:/usr/bin") is not None


@contextmanager
def caching_proxy(folder, ports):
    """nginx as a cache before servers on these ports; yields its address."""
    hosts = "".join(f"server 127.0.0.1:{port};" for port in ports)
    with _nginx(folder, more=f"upstream hosts {{ {hosts} keepalive 8; }}", server=_CACHE) as url:
        yield url


@contextmanager
def file_server(folder, root):
    """nginx as a server of the files in `root`; yields its address."""
    with _nginx(folder, more="", server=f"root {root}; error_page 404 /404.html;") as url:
        yield url


@contextmanager
def _nginx(folder, *, more, server):
    folder.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "nginx.conf"
    # Started by root it would work as somebody who may not enter the folders of a test.
    user = "user root;" if os.getuid() == 0 else ""
    config.write_text(
        _CONFIG.format(folder=folder, port=port, more=more, server=server, user=user), "utf-8"
    )
    command = [shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", config, "-p", folder]
    with subprocess.Popen([*map(str, command)], stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _wait_for(port, process):
    """Wait until nginx listens; it says nothing when it does."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
    raise AssertionError("nginx has ended")
