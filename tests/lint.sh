#!/usr/bin/env bash
# Everything about the source that a machine can judge.  Prints what is wrong, and nothing else.
set -uo pipefail
cd "$(dirname "$0")/.."
wrong=0
report() { [ -z "$2" ] || { printf '%s:\n%s\n' "$1" "$2"; wrong=1; }; }

sources() { git ls-files 'src/*.c' 'tests/*.c'; }

unformatted() {
  sources | while read -r file; do
    tests/format.sh "$file" | cmp -s - "$file" || echo "  $file"
  done
}

long_files() {
  git ls-files 'src/*.c' 'src/*.h' | while read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 700 ] || echo "  $file: $lines lines"
  done
}

long_functions() {
  git ls-files 'src/*.c' | ctags -L - -f - --c-kinds=f --fields=+ne --sort=no 2>/dev/null |
    awk -F'\t' '{ for (i = 4; i <= NF; i++) { if ($i ~ /^line:/) l = substr($i, 6); if ($i ~ /^end:/) e = substr($i, 5) }
                  if (e - l > 60) printf "  %s:%s is %d lines long\n", $2, $1, e - l }'
}

untranslated() {
  for catalogue in po/*.po; do
    [ -e "$catalogue" ] || continue
    msgfmt --check -o /dev/null --statistics "$catalogue" 2>&1 |
      grep -E 'fuzzy|untranslated|error' | sed "s|^|  $catalogue: |"
  done
}

report "Not in the house style (./dev format)" "$(unformatted)"
report "Longer than 700 lines" "$(long_files)"
report "Longer than 60 lines" "$(long_functions)"
report "SQL outside src/store" "$(git grep -lI 'sqlite3_' -- src ':!src/store' | sed 's/^/  /')"
report "GTK outside src/app" "$(git grep -nIE '#include <(gtk/|adwaita)' -- src ':!src/app' | sed 's/^/  /')"
report "Threads outside src/document" \
  "$(git grep -nIE 'g_thread_(new|pool)|pthread_create' -- src ':!src/document' | sed 's/^/  /')"
report "Promises of work not done" \
  "$(git grep -nIE '\b(TODO|FIXME|XXX|HACK)\b' -- src tests ui data ':!tests/lint.sh' | sed 's/^/  /')"
report "Trailing blanks" "$(git grep -nIE '[[:blank:]]+$' -- '*.c' '*.h' '*.build' '*.sh' '*.ui' dev | sed 's/^/  /')"
report "Translations" "$(untranslated)"
report "Static analysis" \
  "$(cppcheck --quiet --inline-suppr --std=c11 --enable=portability --library=gtk --suppress=unknownMacro \
       --suppress=missingInclude -j 2 src 2>&1 | sed 's/^/  /')"
exit $wrong
