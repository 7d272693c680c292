from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]


def gallery(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "simphone", "gallery", "--size", "540x1200", "--density", "210", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)


def test_gallery_shows_every_screen_in_both_themes(tmp_path: Path):
    done = gallery("--out", str(tmp_path), "--tasks", "tasks/androidlab/zoom.yaml")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "index.html").read_text()
    for theme in ("light", "dark"):
        shots = sorted((tmp_path / "zoom" / theme).glob("*.png"))
        assert len(shots) >= 12
        assert all(f"zoom/{theme}/{shot.name}" in page for shot in shots)
        assert Image.open(tmp_path / f"zoom-{theme}.png").width > 8 * 150
    assert (tmp_path / "zoom/light/000.png").read_bytes() != (tmp_path / "zoom/dark/000.png").read_bytes()


def test_gallery_without_tasks_says_so(tmp_path: Path):
    done = gallery("--out", str(tmp_path), "--tasks", str(tmp_path))
    assert (done.returncode, "no task files" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
