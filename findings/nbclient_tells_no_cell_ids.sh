#!/usr/bin/env bash
# nbclient 0.11.0 runs a notebook whose cells have ids, and does not tell the kernel which cell it runs: info.cell_id is None.
#
# Seen with Python 3.11, ipykernel 6.30.1, nbclient 0.10.4 and 0.11.0, and a notebook of format 4.5 with the ids first, second,
# third: a hook of pre_run_cell gets cell_id None for each. The same kernel gives the hook "second" and "third" where a
# frontend sends {"cellId": ...} as metadata of its execute_request, as JupyterLab does. What is written for a notebook that is
# open, and keeps the newest version of each cell by its id, loses track without a word where the same notebook is run by
# nbclient, as in a test or on a server; cells have to be known by what stands in them as well.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv

cat > cells.py <<'PYTHON'
HOOK = "ids = []\nget_ipython().events.register('pre_run_cell', lambda info: ids.append(info.cell_id))"
CELLS = {"first": HOOK, "second": "x = 1", "third": "print(ids)"}
PYTHON

cat > client.py <<'PYTHON'
import nbformat.v4 as new
from cells import CELLS
from nbclient import NotebookClient

notebook = new.new_notebook(cells=[new.new_code_cell(code, id=id) for id, code in CELLS.items()])
NotebookClient(notebook, kernel_name="python3").execute()
print(notebook.cells[-1].outputs[0].text.strip())
PYTHON

cat > frontend.py <<'PYTHON'
from cells import CELLS
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="python3")
for id, code in CELLS.items():
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    client.shell_channel.send(client.session.msg("execute_request", content, metadata={"cellId": id}))
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["msg_type"] == "stream":
            print(message["content"]["text"].strip())
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
client.stop_channels()
manager.shutdown_kernel(now=True)
PYTHON

for version in 0.10.4 0.11.0; do
  venv/bin/pip install -q "nbclient==$version" ipykernel==6.30.1
  told=$(venv/bin/python client.py 2> /dev/null)
  sent=$(venv/bin/python frontend.py 2> /dev/null)
  printf 'nbclient %s: %s   metadata sent by hand: %s\n' "$version" "$told" "$sent"
  [ "$told" = "[None, None]" ] && [ "$sent" = "['second', 'third']" ]
done
