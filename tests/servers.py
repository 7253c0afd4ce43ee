"""nginx and Caddy, as hosts/ configures them, on a free port of this machine."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .conftest import HOME

ADVICE = "no {0} found: install it (Debian: apt-get install {2}), or name it in the variable {1}"
FOLDER, HOST = "/var/www/off-the-pedestal", "example.org"  # what the examples name
SYSTEM = ":/usr/sbin:/usr/local/sbin"  # where Debian keeps nginx, and what PATH lacks for anyone but root
BROTLI = [Path(f"/usr/lib/nginx/modules/ngx_http_brotli_{name}_module.so") for name in ("filter", "static")]
STARTS_WITHIN = 30  # seconds
NGINX = """{modules}
{user}
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
worker_processes 1;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/nginx.conf;
}}
"""


def find(name: str, package: str = "") -> str:
    """Path of a program: the one named in a variable (NGINX, CADDY, JAVA), or one on the system, where Debian's `package`
    brings it."""
    path = os.environ.get(name.upper()) or shutil.which(name, path=os.environ.get("PATH", "") + SYSTEM)
    assert path, ADVICE.format(name, name.upper(), package or name)
    return path


def has_brotli() -> bool:
    return all(module.exists() for module in BROTLI)


def example(name: str, site: Path, port: int, base: str) -> str:
    """An example configuration with the changes that it tells its user to make: its folder and host, and its path."""
    lines = (HOME / "hosts" / name).read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        before = line.rstrip().endswith("# path") and (at + 1 if line.strip() == "# path" else at)
        if before is not False:
            lines[before] = lines[before].replace(" /", f" {base}/")
    text = "\n".join(lines).replace(FOLDER, str(site))
    text = text.replace("#location = /sub", "location = /sub").replace("#redir /sub", "redir /sub") if base else text
    if has_brotli():
        text = text.replace("#brotli", "brotli")
    return text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "").replace(f"\n{HOST} {{", f"\nhttp://:{port} {{\n\tbind 127.0.0.1")


def _nginx(folder: Path, text: str) -> list[str]:
    modules = "".join(f"load_module {module};" for module in BROTLI) if has_brotli() else ""
    user = "user root;" if os.geteuid() == 0 else ""  # who may read the folder of a test
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    (folder / "main.conf").write_text(NGINX.format(folder=folder, modules=modules, user=user), encoding="utf-8")
    return [find("nginx"), "-p", str(folder), "-c", str(folder / "main.conf"), "-e", "stderr"]


def _caddy(folder: Path, text: str) -> list[str]:
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    return [find("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


SERVERS = {"nginx": ("nginx.conf", _nginx), "caddy": ("Caddyfile", _caddy)}


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


@contextmanager
def running(name: str, site: Path, folder: Path, base: str) -> Iterator[int]:
    """A server of the site below `base`; its port."""
    port = _free_port()
    file, command = SERVERS[name]
    log = folder / "log"
    with log.open("wb") as output:
        environment = {**os.environ, "HOME": str(folder)}  # Caddy keeps what it knows there
        process = subprocess.Popen(command(folder, example(file, site, port, base)), stdout=output, stderr=output, env=environment)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not _answers(port):
            assert process.poll() is None and time.monotonic() < until, log.read_text(encoding="utf-8")
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True
