#!/usr/bin/env bash
# Run once, as root, when the container's image is built: Python 3.11 or newer, libseccomp, the kit and what it needs.
# The largest part is torch; a build for the processor alone is enough. The container needs 1.5 GB of memory.
set -euo pipefail
home=${AUTOGRADER:-/autograder}

newest() {
  for version in 3.13 3.12 3.11; do
    if command -v "python$version" >/dev/null; then command -v "python$version"; return; fi
  done
}

apt-get update -qq
apt-get install -y -qq libseccomp2 python3 python3-venv
if [ -z "$(newest)" ]; then apt-get install -y -qq python3.11 python3.11-venv; fi
"$(newest)" -m venv "$home/venv"
"$home/venv/bin/pip" install -q -e "$home/source/kit"
