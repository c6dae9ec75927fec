"""What the scripts of the command line share: one run of it, a folder to work in, a small disk."""

import filecmp
import json
import os
import resource
import shutil
import subprocess
import sys

CLI = sys.argv[1]


class Run:
    def __init__(self, *arguments, status=0, largest_file=None, **environment):
        env = {key: value for key, value in os.environ.items()
               if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env.update(environment)
        limit = largest_file and (lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                             (largest_file, largest_file)))
        done = subprocess.run([CLI, *map(os.fsdecode, arguments)], capture_output=True, env=env,
                              timeout=100, preexec_fn=limit)
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")
        assert done.returncode == status, \
            f"{arguments}: status {done.returncode}, not {status}\n{self.out}{self.err}"
        assert status in (0, 3) or self.err.startswith("ballast-cli: "), self.err

    def json(self):
        return json.loads(self.out)


class SmallDisk:
    """A folder on a disk of some kilobytes; where none can be mounted, files that cannot grow."""

    def __init__(self, path, kilobytes, largest_file):
        self.path = path
        os.mkdir(path)
        self.mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", path],
            capture_output=True).returncode == 0
        self.limit = {} if self.mounted else {"largest_file": largest_file}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.mounted:
            subprocess.run(["umount", self.path], check=True)


def same_tree(first, second):
    compared = filecmp.dircmp(first, second)
    if compared.left_only or compared.right_only or compared.funny_files:
        return False
    _, mismatch, errors = filecmp.cmpfiles(first, second, compared.common_files, shallow=False)
    return not mismatch and not errors and \
        all(same_tree(os.path.join(first, name), os.path.join(second, name))
            for name in compared.common_dirs)


class Place:
    """A folder with the sample dataset "signs" and a project of it."""

    def __init__(self, root):
        self.signs = os.path.join(root, "signs")
        self.project = os.path.join(root, "signs.ballast")
        self.root = root
        Run("sample", self.signs, "--images", "60", "--seed", "3")
        Run("import", self.project, self.signs)

    def path(self, name):
        return os.path.join(self.root, name)

    def copy(self, name):
        copy = self.path(name)
        shutil.copyfile(self.project, copy)
        return copy
