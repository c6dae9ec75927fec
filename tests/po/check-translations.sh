#!/bin/sh
# Are all words extracted, and is every language complete?  TAP; run with the source folder as argument.
set -u
LC_ALL=C.UTF-8
export LC_ALL

cd "$1" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0

# say STATUS NAME FILE: one case; FILE tells what is wrong.
say () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $n - $2"
  else
    echo "not ok $n - $2"
    sed 's/^/# /' "$3"
  fi
}

# Every file with marked words is listed.
{
  grep -rlE '(^|[^A-Za-z0-9_"])(_|N_|C_|NC_|NP_|g_dngettext|ngettext) ?\(((GETTEXT_PACKAGE|NULL),|"|$)' src \
    --include='*.c' --include='*.h'
  grep -rl 'translatable="yes"' ui --include='*.ui'
  ls data/*.desktop.in data/*.metainfo.xml.in
} | sort -u > "$work/marked"
sort -u po/POTFILES > "$work/listed"
comm -13 "$work/listed" "$work/marked" > "$work/unlisted"
test ! -s "$work/unlisted"
say $? "po/POTFILES names every file with words to translate" "$work/unlisted"

xgettext --directory=. --files-from=po/POTFILES --from-code=UTF-8 --output="$work/ballast.pot" \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=NP_:1,2 \
  --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 --flag=NP_:1:c-format --flag=NP_:2:c-format \
  --flag=g_strdup_printf:1:c-format --flag=g_string_append_printf:2:c-format \
  --flag=g_set_error:4:c-format --flag=g_dngettext:2:pass-c-format --flag=_:1:pass-c-format \
  2> "$work/extraction"
test $? -eq 0 && ! grep -v '^$' "$work/extraction" > "$work/warnings"
say $? "the words can be extracted without a warning" "$work/extraction"

for language in $(cat po/LINGUAS); do
  po=po/$language.po

  msgfmt --check --statistics --output-file=/dev/null "$po" 2> "$work/statistics"
  test $? -eq 0 && ! grep -qE 'fuzzy|untranslated|warning' "$work/statistics"
  say $? "$language: formats are right, nothing is fuzzy or untranslated" "$work/statistics"

  msgcmp "$po" "$work/ballast.pot" > "$work/missing" 2>&1
  say $? "$language: every word of the program is there" "$work/missing"
done

if grep -qx fr po/LINGUAS; then
  # French sets a no-break space before : ; ? ! and %, inside « », writes … and ’.
  msgattrib --no-obsolete --no-wrap po/fr.po | sed -n '/^msgstr/,/^$/p' | sed 1,16d \
    | grep -nE '[[:alnum:]] ([:;?!»]|%%)|« |\.\.\.|[[:alpha:]]'"'"'[[:alpha:]]|\\"|[“”]' > "$work/typography"
  test ! -s "$work/typography"
  say $? "fr: typography" "$work/typography"
fi

echo "1..$n"
