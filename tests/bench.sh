#!/usr/bin/env bash
# Measures Ballast against its peers and its limits, on the data that it makes itself.
#
#   ./dev bench [NAME …]     probe codec store walk import coco open memory export plan engine preview; all without a name
#
# BALLAST_BENCH_FILES: files of walk, import, open and memory: 100,000, or 1,000,000 where one of
# them is asked for by name.  Data and projects are kept in BUILD/bench-data; remove it at will.
# A line is: what, ours, the peer's or the limit, ours by theirs, the goal, and whether it is met.
# Exit status 1 where a goal is missed.
set -euo pipefail
export LC_ALL=C.UTF-8

build=$(cd "$1" && pwd); shift
top=$(cd "$(dirname "$0")/.." && pwd)
all=(probe codec store walk import coco open memory export plan engine preview)
cli=$build/src/cli/ballast-cli
app=$build/src/app/ballast
data=$build/bench-data
turns=5
missed=0

names=("$@")
files=${BALLAST_BENCH_FILES:-}
if [ ${#names[@]} -eq 0 ]; then
  names=("${all[@]}")
  files=${files:-100000}
else
  files=${files:-1000000}
fi
tree=$data/files-$files
project=$data/files-$files.ballast

fail() { printf 'bench: %s\n' "$*" >&2; exit 1; }
calc() { awk "BEGIN { printf \"%.${2:-3}f\", $1 }"; }
median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
get() { awk -v name="$2" '$1 == name { print $2; exit }' <<<"$1"; }

head_line() {
  printf '\n\033[1m%s\033[0m   (load %s)\n' "$1" "$(cut -d' ' -f1 /proc/loadavg)"
  printf '%-46s %12s %12s %8s  %-10s\n' "" ballast "peer/limit" ratio goal
}

# row WHAT OURS PEER RATIO GOAL CONDITION
row() {
  local verdict=met
  awk "BEGIN { exit !($6) }" || { verdict=missed; missed=$((missed + 1)); }
  printf '%-46s %12s %12s %8s  %-10s %s\n' "$1" "$2" "$3" "$4" "$5" "$verdict"
}

# figure WHAT OURS [PEER RATIO]: without a goal
figure() { printf '%-46s %12s %12s %8s\n' "$1" "$2" "${3:--}" "${4:--}"; }

# measure COMMAND …: "SECONDS CPU_SECONDS MIB" of the process, whatever its exit status up to 3
measure() {
  /usr/bin/python3 - "$@" <<'PYTHON'
import os, subprocess, sys, time
start = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
seconds = time.monotonic() - start
if os.waitstatus_to_exitcode(status) not in (0, 3):
    sys.exit(f"bench: failed: {' '.join(sys.argv[1:])}")
print(f"{seconds:.3f} {usage.ru_utime + usage.ru_stime:.3f} {usage.ru_maxrss / 1024:.0f}")
PYTHON
}

need_files() {
  local free
  [ -f "$1.complete" ] && return
  free=$(df --output=iavail "$data" | tail -n 1)
  [ "$free" -gt $((2 * $2)) ] || fail "$data has no room for $2 files ($free inodes are free)"
  free=$(df --output=avail "$data" | tail -n 1)
  [ "$free" -gt $((5 * $2)) ] || fail "$data has no room for $2 files ($free KB are free)"
  printf 'making %s small JPEG files …\n' "$2"
  "$build/tests/bench/make-files" "$1" "$2"
}

import_to() {
  rm -f "$1" "$1".lock "$1"-journal
  "$cli" import "$1" "$2" >/dev/null
}

need_project() {
  need_files "$tree" "$files"
  [ -f "$project" ] || import_to "$project" "$tree"
}

# A file as large as COCO's own of its training pictures, outlines and all.
bench_coco() {
  local pictures=$data/files-118000 out
  local file=$pictures/instances-sized.json
  need_files "$pictures" 118000
  [ -f "$file" ] || "$build/tests/bench/make-coco" "$pictures" "$file" 860000 450
  head_line "COCO file of $(($(stat -c %s "$file") / 1000000)) MB, 118000 images, 860000 annotations"
  rm -f "$data/coco.ballast"*
  out=$(measure "$cli" import "$data/coco.ballast" "$file")
  row "import, s" "$(awk '{ print $1 }' <<<"$out")" - - "<= 2.5" "$(awk '{ print $1 }' <<<"$out") <= 2.5"
  row "memory, MiB" "$(awk '{ print $3 }' <<<"$out")" - - "<= 150" "$(awk '{ print $3 }' <<<"$out") <= 150"
  figure "processor time, s" "$(awk '{ print $2 }' <<<"$out")"
}

# A plan over whole images, as large as COCO, with co-occurrences like its.
bench_plan() {
  local out unit seconds
  ninja -C "$build" --quiet tests/balance/bench-plan >/dev/null
  out=$("$build/tests/balance/bench-plan" 120000 80)
  head_line "Plan over 120000 images of 80 classes, one thread"
  for unit in images instances; do
    seconds=$(sed -n "s/^$unit: .* solve \([0-9.]*\) .*/\1/p" <<<"$out")
    row "solved by $unit, s" "$seconds" - - "<= 1" "$seconds <= 1"
    seconds=$(sed -n "s/^$unit: coarse \([0-9.]*\)/\1/p" <<<"$out")
    row "a first look by $unit, s" "$seconds" - - "<= 0.03" "$seconds <= 0.03"
  done
  figure "images put into rows, s" "$(sed -n 's/^rows: //p' <<<"$out")"
}

need_photographs() { "$build/tests/bench/make-photographs" "$data/photographs" 500 500; }

# The lines of bench-image that match, as rows: TITLE and the ratio that it shall have.
image_rows() {
  local folder=$1 goal=$2
  "$build/tests/image/bench-image" "$folder" | grep -E "$3" |
    sed -E 's|^(.*[^ ]) +([0-9]+) /s +bare +([0-9]+) /s +ratio ([0-9.]+)$|\1\|\2\|\3\|\4|' |
    while IFS='|' read -r title ours bare ratio; do
      printf '%s|%s|%s|%s|%s\n' "$title" "$ours" "$bare" "$ratio" "$goal"
    done
}

bench_probe() {
  need_files "$tree" "$files"
  head_line "Header scan, one thread, warm"
  while IFS='|' read -r _ ours bare ratio _; do
    row "files/s (peer: bare open, fstat, pread)" "$ours" "$bare" "$ratio" ">= 200000" "$ours >= 200000"
  done < <(image_rows "$tree/class_00" 0 '^probe')
}

bench_codec() {
  need_photographs
  head_line "Codecs on 500 × 375 photographs, one thread, images/s"
  while IFS='|' read -r title ours bare ratio goal; do
    row "$title" "$ours" "$bare" "$ratio" ">= $goal" "$ratio >= $goal"
  done < <(image_rows "$data/photographs/few" 0.9 '^(decode|thumb)')
}

bench_store() {
  local out bytes page
  out=$("$build/tests/store/bench-store" "$files" 100)
  head_line "Project file, $files images made up"
  bytes=$(sed -n 's/^size: \([0-9.]*\) .*/\1/p' <<<"$out" | head -n 1)
  row "bytes an image, indexes included" "$bytes" - - "<= 130" "$bytes <= 130"
  page=$(sed -n 's/^page of 100, all: \([0-9.]*\) ms.*/\1/p' <<<"$out")
  row "any page of 100 by keyset, ms" "$page" - - "< 1" "$page < 1"
  page=$(sed -n 's/^page of 100, counting.*: \([0-9.]*\) ms on.*/\1/p' <<<"$out")
  row "any page of 100 of a class, ms" "$page" - - "< 1" "$page < 1"
  figure "images added a second" "$(sed -n '1s/.*; \([0-9]*\) images.*/\1/p' <<<"$out")"
}

bench_walk() {
  local out find count read
  need_files "$tree" "$files"
  head_line "$files files in 100 folders, warm"
  out=$("$build/tests/importers/bench-walk" "$tree")
  find=$(get "$out" find); count=$(get "$out" count); read=$(get "$out" read)
  row "list and count, s (peer: find)" "$count" "$find" "$(calc "$count/$find" 2)" "<= 1.0" \
    "$count/$find <= 1.0"
  figure "reader of class folders alone, s" "$read" "$find" "$(calc "$read/$find" 2)"
}

bench_import() {
  local run seconds cpu limit size
  need_files "$tree" "$files"
  import_to "$project" "$tree"
  run=$(for ((i = 0; i < 3; i++)); do
          rm -f "$project"
          measure "$cli" import "$project" "$tree"
        done)
  seconds=$(cut -d' ' -f1 <<<"$run" | median); cpu=$(cut -d' ' -f2 <<<"$run" | median)
  limit=$(calc "5 * $files / 1000000 * 2 / $(nproc)" 2)
  head_line "Import with dimensions and duplicates, $files files, warm, $(nproc) cores"
  row "s (limit: 5 s a million on 2 cores)" "$seconds" "$limit" "$(calc "$seconds/$limit" 2)" "<= 1" \
    "$seconds <= $limit"
  figure "files/s" "$(calc "$files/$seconds" 0)"
  figure "s of processor time, all threads" "$cpu"
  size=$(calc "$(stat -c %s "$project") / $files" 1)
  row "bytes an image in the project" "$size" - - "<= 130" "$size <= 130"
}

bench_open() {
  local large small big_time small_time
  need_project
  need_files "$data/files-1000" 1000
  import_to "$data/files-1000.ballast" "$data/files-1000"
  small=$("$build/tests/bench/bench-open" "$data/files-1000.ballast" 21)
  large=$("$build/tests/bench/bench-open" "$project" 21)
  big_time=$(calc "$(get "$large" open) + $(get "$large" chart)")
  small_time=$(calc "$(get "$small" open) + $(get "$small" chart)")
  head_line "An open project of $files images (peer: one of 1,000)"
  row "opened and chart laid out, ms" "$big_time" "$small_time" "$(calc "$big_time/$small_time" 2)" \
    "<= 2" "$big_time/$small_time <= 2"
  figure "list of all images, ms, off the main thread" "$(get "$large" list)" "$(get "$small" list)"
  row "a page of the grid filled in, ms" "$(get "$large" page)" - - "< 1" "$(get "$large" page) < 1"
  figure "the slowest of fifty pages, ms" "$(get "$large" page-worst)"
}

# The peak of the window with the project open, once it has been idle for a while; MiB.
window_memory() {
  GSETTINGS_BACKEND=memory "$top/tests/app/with-display.sh" \
    /usr/bin/python3 - "$app" "$1" <<'PYTHON'
import subprocess, sys, time
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
def used():
    with open(f"/proc/{child.pid}/stat") as file:
        return sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13]))
before, deadline, calm = -1, time.monotonic() + 30, 0
while time.monotonic() < deadline and calm < 3 and child.poll() is None:
    time.sleep(0.7)
    now = used()
    calm = calm + 1 if now - before <= 2 else 0
    before = now
if child.poll() is not None:
    sys.exit("bench: the window closed by itself")
with open(f"/proc/{child.pid}/status") as file:
    peak = next(line for line in file if line.startswith("VmHWM"))
child.terminate()
child.wait()
print(f"{int(peak.split()[1]) / 1024:.0f}")
PYTHON
}

bench_memory() {
  local mib
  need_files "$tree" "$files"
  rm -f "$project"
  mib=$(measure "$cli" import "$project" "$tree" | cut -d' ' -f3)
  head_line "Peak memory at $files images, MiB"
  row "import" "$mib" - - "< 300" "$mib < 300"
  [ -x "$app" ] || return 0
  mib=$(window_memory "$project")
  row "window, the project open" "$mib" - - "< 300" "$mib < 300"
}

# Twice five hundred photographs get one mirrored copy each; originals are linked.
# The peer decodes and encodes the same files on as many threads, and does nothing else.  All of it
# lies in memory where there is room: disks differ more than programs.
bench_export() {
  local place=$data class file ours peer ours_all='' peer_all='' n=1000
  need_photographs
  [ "$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 1000000 ] && place=/dev/shm
  place=$(mktemp -d "$place/ballast-bench.XXXXXX")
  trap 'rm -rf "$place"' RETURN
  cp -r "$data/photographs" "$place"
  mkdir "$place/all"
  for class in few many; do
    for file in "$place/photographs/$class"/*; do ln "$file" "$place/all/$class-${file##*/}"; done
  done
  printf '{"transform": {"__class_fullname__": "Compose", "transforms": [%s]}}\n' \
    '{"__class_fullname__": "HorizontalFlip", "p": 1.0, "always_apply": true}' >"$place/flip.json"
  import_to "$place/photographs.ballast" "$place/photographs"
  "$cli" pipeline "$place/photographs.ballast" --load "$place/flip.json" >/dev/null
  "$cli" balance "$place/photographs.ballast" --strategy oversample --target 1000 >/dev/null
  for ((i = 0; i < turns; i++)); do
    peer_all+=$("$build/tests/bench/bare-codec" "$place/all" "$place/bare" 92 "$(nproc)")$'\n'
    ours_all+=$("$cli" export "$place/photographs.ballast" "$place/out" --originals hardlink --json \
      --jobs "$(nproc)" | /usr/bin/python3 -c 'import json, sys
result = json.load(sys.stdin)
assert result["augmented"] == '$n', result
print(result["seconds"])')$'\n'
    rm -rf "$place/bare" "$place/out"
  done
  ours=$(calc "$n / $(sed '/^$/d' <<<"$ours_all" | median)" 0)
  peer=$(calc "$n / $(sed '/^$/d' <<<"$peer_all" | median)" 0)
  head_line "Export of flips, 500 × 375 JPEG, $(nproc) threads"
  row "files/s (peer: bare decode + encode)" "$ours" "$peer" "$(calc "$ours/$peer" 2)" ">= 0.90" \
    "$ours/$peer >= 0.9"
}

# Every core op and four chains, by Ballast, OpenCV, torchvision and Albumentations: engine.py tells.
bench_engine() {
  [ -d "${BALLAST_BENCH_PHOTOGRAPHS:-$top/../shared/data/folders-trashnet}" ] || need_photographs
  /usr/bin/python3 "$top/tests/bench/engine.py" "$build" "$data" | tee "$data/engine.txt"
  missed=$((missed + $(sed -n 's/^engine: \([0-9]*\) goals are missed.*/\1/p' "$data/engine.txt")))
}

# The Augment page itself on a display of its own: from a slider's step until all variants are drawn.
# Ahead of other programs where that is allowed: a busy core would be measured otherwise.  What it is
# beside them is told too.
bench_preview() {
  local out beside ahead=()
  ! chrt -f 1 true 2>/dev/null || ahead=(chrt -f 1)
  head_line "Nine variants of 12 megapixels behind a moving slider, $(nproc) cores${ahead:+, ahead of other programs}"
  ninja -C "$build" --quiet tests/app/bench-preview >/dev/null
  out=$(GSETTINGS_BACKEND=memory "${ahead[@]}" "$top/tests/app/with-display.sh" \
    "$build/tests/app/bench-preview" 120)
  preview_row "every step, ms until all are drawn, 95 %" "$out" "a moving slider" 33
  preview_row "one step from rest, ms, 95 %" "$out" "one step" 33
  preview_row "one turn of the main loop, ms of work, 95 %" "$out" ".*its own work" 16
  grep "turns of more" <<<"$out"
  [ ${#ahead[@]} -gt 0 ] || return 0
  beside=$(GSETTINGS_BACKEND=memory "$top/tests/app/with-display.sh" "$build/tests/app/bench-preview" 120)
  figure "every step, beside other programs" "$(percentile "$beside" "a moving slider")"
  figure "one step from rest, beside other programs" "$(percentile "$beside" "one step")"
}

percentile() { sed -nE "s/^$2.*percentile +([0-9.]+) ms.*/\1/p" <<<"$1"; }

preview_row() {
  local at
  at=$(percentile "$2" "$3")
  row "$1" "$at" "$4" "$(calc "$at/$4" 2)" "<= $4" "$at <= $4"
}

for name in "${names[@]}"; do
  declare -F "bench_$name" >/dev/null || fail "there is no “$name”: ${all[*]}"
done
ninja -C "$build" --quiet tests/image/bench-image tests/store/bench-store tests/importers/bench-walk \
  tests/augment/bench-ops tests/bench/{make-files,make-coco,make-photographs,bare-codec,bench-open}
mkdir -p "$data"
printf '%s files; %s cores; %s\n' "$files" "$(nproc)" \
  "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
[ "$files" = 1000000 ] || printf 'for a million: BALLAST_BENCH_FILES=1000000 ./dev bench\n'
for name in "${names[@]}"; do
  "bench_$name"
done
[ "$missed" -gt 0 ] || { printf '\nAll goals are met.\n'; exit 0; }
printf '\n%s\n' "$missed goals are missed."
exit 1
