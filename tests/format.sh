#!/usr/bin/env bash
# Prints the file $1 in the house style.  The tool sees calls in GLib's clean-up macros and in _(), which are
# written without a space, so that is put right behind it.
uncrustify -q -l C -c "$(dirname "$0")/uncrustify.cfg" -f "$1" 2>/dev/null |
  perl -0pe 's/\n\s*;\n/;\n/g' |
  sed -E 's,\b(g_auto|g_autoptr|g_autolist|g_autoslist|g_autoqueue|_|N_|Q_) \(,\1(,g'
