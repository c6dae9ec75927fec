#!/usr/bin/env bash
# with-display.sh COMMAND …: runs a window test on a display, a home and a session of its own.
#
# Nothing of the user's desktop is seen or touched: a private Xvfb (its number is read from it, so
# that tests run side by side), empty XDG folders, no session bus (GTK would start one that outlives
# the test), fonts and animations fixed so that pictures are the same everywhere.
set -euo pipefail

home=$(mktemp -d "${TMPDIR:-/tmp}/ballast-display.XXXXXX")
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap finish EXIT

size=${BALLAST_TEST_SCREEN:-1280x900x24}
Xvfb -displayfd 3 -screen 0 "$size" -nolisten tcp -noreset 3>"$home/display" 2>/dev/null &
server=$!
for _ in $(seq 200); do
  [ -s "$home/display" ] && break
  kill -0 "$server" 2>/dev/null || { echo "with-display: Xvfb does not start" >&2; exit 1; }
  sleep 0.05
done
[ -s "$home/display" ] || { echo "with-display: Xvfb does not answer" >&2; exit 1; }

mkdir -p "$home/config/gtk-4.0" "$home/data" "$home/cache" "$home/state" "$home/run" "$home/tmp"
chmod 0700 "$home/run"
cat >"$home/config/gtk-4.0/settings.ini" <<SETTINGS
[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
gtk-cursor-blink=0
SETTINGS

unset WAYLAND_DISPLAY
export DISPLAY=":$(cat "$home/display")"
export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data"
export XDG_CACHE_HOME="$home/cache" XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home/run"
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable
export GTK_A11Y=${GTK_A11Y:-test} DBUS_SESSION_BUS_ADDRESS=disabled: NO_AT_BRIDGE=1
export ADW_DISABLE_PORTAL=1 GSETTINGS_BACKEND=memory GIO_USE_VFS=local
export LC_ALL=${BALLAST_TEST_LOCALE:-C.UTF-8}

"$@"
