"""How long ingest takes, and how much memory, for 10, 100 and 1,000 articles, and for 1 MB of hostile text.

`make bench` prints the figures and the ratios: seconds per article should stay the same from row to row.
"""

import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
ARTICLES = (10, 100, 1000)
LENGTH = 2000  # characters of an article
HOSTILE = {"1/": "1/", "百分之": "百分之", "2026年": "2026年", "](": "](", ">": "> ", "*": "*", "a": "a", "万": "万", "$5–": "$5–", "第1": "第1"}
FIGURES = (
    "训练成本只有558万美元，不到GPT-4o的十分之一。", "2025年1月27日，英伟达收盘下跌近17%。", "模型有6710亿参数，每次激活370亿。", "论文长达53页，用了2,048块H800。",
    "The run took 2.788 million GPU-hours at $2 each.",
)  # fmt: skip
PLAIN = (
    "有人说它绕开了CUDA，其实PTX属于CUDA。", "开源社区很高兴，也有人不以为然。", "这和灯没有关系，只是一句话而已。", "大家都在讨论，没有人坐下来核对。", "一位开发者告诉我们，他每天都在用它写代码。",
    "模型会自己把复杂的问题拆开，一步步想下去，再给出回答。", "媒体喜欢戏剧性的故事，读者也喜欢。", "在这之后，国内的云厂商陆续上线了这款模型。",
)  # fmt: skip
EVERY = 4  # one sentence in so many holds figures, which gives one figure for some 46 characters, three times as many as in the articles that the site began with


def article(number: int, choose: random.Random) -> str:
    """An invented article of LENGTH characters."""
    text = ""
    while len(text) < LENGTH:
        text += "".join(choose.choice(PLAIN if choose.randrange(EVERY) else FIGURES) for _ in range(5)) + "\n\n" + (f"## 第{len(text)}节\n\n" if choose.random() < 0.2 else "")
    return f"---\ntitle: 文章{number}\ndate: 2026-01-{number % 28 + 1:02}\nauthor: 某人\nlang: zh-CN\nurl: https://example.org/{number}\n---\n{text}"


def run(root: Path, *arguments: object) -> tuple[float, int]:
    """Seconds, and the most memory that any run so far has taken, in MB."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "scripts", "--root", str(root), "ingest", *map(str, arguments)], cwd=HOME, check=True, capture_output=True)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def tree(folder: Path) -> Path:
    """A copy of the project's docs."""
    return Path(shutil.copytree(HOME / "docs", folder / "docs")).parent


def main() -> None:
    choose = random.Random(1)
    print(f"{'articles':>10} {'seconds':>9} {'each':>9} {'MB':>6}")
    for count in ARTICLES:
        with tempfile.TemporaryDirectory() as folder:
            inbox = Path(folder) / "inbox"
            inbox.mkdir()
            for number in range(count):
                (inbox / f"{number}.md").write_text(article(number, choose), encoding="utf-8")
            seconds, memory = run(tree(Path(folder)), inbox)
            print(f"{count:>10} {seconds:>9.2f} {seconds / count:>9.4f} {memory:>6}")
    print(f"{'1 MB of':>10} {'seconds':>9}")
    for name, unit in HOSTILE.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "hostile.md"
            lines = "\n\n".join(unit * (9_000 // len(unit.encode())) for _ in range(110))
            file.write_text(article(0, choose).split("---\n")[1].join(("---\n", "---\n")) + lines, encoding="utf-8")
            root = tree(Path(folder))
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "scripts", "--root", str(root), "ingest", "--dry-run", "--json", str(file)], cwd=HOME, capture_output=True)
            print(f"{name:>10} {time.perf_counter() - start:>9.2f}")


if __name__ == "__main__":
    main()
