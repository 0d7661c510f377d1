"""The same page through `mjml`, Handlebars, `juice` and nodemailer's composer.

What a JavaScript programmer would pick. npm fetches them into a temporary folder; where it
cannot, this says "skipped". Nothing of it is needed by the program.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

PACKAGES = ("mjml@5.4.1", "handlebars@4", "juice@11", "nodemailer@7")

SCRIPT = """
const fs = require('fs');
const mjml = require('mjml'), Handlebars = require('handlebars'), juice = require('juice');
const MailComposer = require('nodemailer/lib/mail-composer');
const { page, text } = JSON.parse(fs.readFileSync(0, 'utf8'));
const html = async (source) => (await (mjml.default || mjml)(source, { validationLevel: 'skip' })).html;
const build = (html, n) => new MailComposer({
  from: 'Presse <presse@institut.example>', to: `Anne Durand <reader${n}@press.example>`,
  subject: 'Invitation presse', text, html,
}).compile().build();
const microseconds = async (work, calls) => {
  for (let n = 0; n < 5; n++) await work(n);
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    const start = process.cpuUsage();
    for (let n = 0; n < calls; n++) await work(n);
    const spent = process.cpuUsage(start);
    rounds.push((spent.user + spent.system) / calls);
  }
  return rounds.sort((a, b) => a - b)[2];
};
(async () => {
  const fill = Handlebars.compile(page);
  const each = await microseconds(
    async (n) => build(juice(await html(fill({ salutation: `Bonjour ${n}` }))), n), 8);
  const once = Handlebars.compile(juice(await html(page)));
  const filled = await microseconds(async (n) => build(once({ salutation: `Bonjour ${n}` }), n), 200);
  console.log(JSON.stringify({ each, filled, node: process.version }));
})();
"""


def main(page: str, *, text: str, ours: float) -> None:
    """Prints the cost of one message for each person, and how many of ours it makes."""
    if not (shutil.which("npm") and shutil.which("node")):
        print("Node: skipped, npm or node is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        fetched = subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        if fetched.returncode != 0:
            print("Node: skipped, npm could not fetch the packages")
            return
        Path(folder, "bench.js").write_text(SCRIPT)
        done = subprocess.run(
            ["node", "bench.js"],
            cwd=folder,
            input=json.dumps({"page": page, "text": text}),
            capture_output=True,
            text=True,
            check=True,
        )
    costs = json.loads(done.stdout)
    print(f"Node {costs['node']}, {', '.join(PACKAGES)}:")
    for name, key in (("whole chain each time", "each"), ("MJML once, then filled", "filled")):
        print(f"  {name:26}{costs[key]:12,.1f} µs{costs[key] / ours:12,.0f} × ours")
