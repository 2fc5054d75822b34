"""What a server in the open sends along, with the settings of production: read from the real application."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import json
import django
django.setup()
from django.test import Client
pages = {}
PATHS = ("/take-part", "/take-part/sign-in", "/take-part/admin/", "/take-part/no", "/metrics", "/static/records.css")
for path in PATHS:
    answer = Client(headers={"x-forwarded-proto": "https", "host": "figures.example.org"}).get(path, secure=True)
    cookies = [{"name": name, **{k: v for k, v in morsel.items() if v}} for name, morsel in answer.cookies.items()]
    pages[path] = {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
plain = Client(headers={"host": "figures.example.org"}).get("/take-part/sign-in")
other = Client(headers={"host": "evil.example", "x-forwarded-proto": "https"}).get("/take-part/sign-in", secure=True)
print(json.dumps({"pages": pages, "plain": [plain.status_code, plain.headers["Location"]], "other": other.status_code}))
"""


@pytest.mark.programs
def test_every_answer_is_guarded(tmp_path: Path) -> None:
    given = {
        "MOOTHALL_HTTPS": "1",
        "MOOTHALL_HOSTS": "figures.example.org",
        "MOOTHALL_HOME": str(tmp_path),
        "MOOTHALL_SECRET_KEY": "o" * 60,
        "DJANGO_SETTINGS_MODULE": "moothall.site.settings",
    }
    command = [sys.executable, "-c", ASK]
    answer = subprocess.run(command, env=os.environ | given, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found["plain"] == [301, "https://figures.example.org/take-part/sign-in"]
    assert found["other"] == 400, "another host's name is not answered to"
    for path, page in found["pages"].items():
        headers = page["headers"]
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000"), path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        if path.startswith("/static/"):
            continue
        policy = headers["Content-Security-Policy"]
        for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
            assert part in policy, path
        assert "unsafe" not in policy, path
        assert headers["X-Frame-Options"] == "DENY", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        for cookie in page["cookies"]:
            assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
                True,
                True,
                "Lax",
                "/take-part",
            ), cookie
    assert found["pages"]["/take-part/sign-in"]["cookies"], "the form's own mark"
    assert found["pages"]["/metrics"]["cookies"] == []
