#!/usr/bin/env bash
# Brings the translation files up to date with the QML files, and makes what the screens load.
# Afterwards translate what it names as unfinished in screens/i18n/*.ts and run it again.
# Traditional Chinese (zh_HK) is made from Simplified: correct it in config/languages/zh_HK.toml.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
export PATH="$PWD/.venv/bin:$PATH"
mapfile -t sources < <(find screens/qml -name '*.qml' | LC_ALL=C sort)
for file in screens/i18n/*.ts; do
  language="$(basename "$file" .ts)"
  [ "$language" != zh_HK ] || continue
  # The sources are English: only its plurals are translated.
  only=(); [ "$language" != en ] || only=(-pluralonly)
  pyside6-lupdate "${sources[@]}" -ts "$file" -locations none -no-obsolete "${only[@]}" \
    -source-language en -target-language "$language" >/dev/null
  grep -n -B1 'type="unfinished"' "$file" | grep '<source>' || true
done
python tools/traditional.py
for file in screens/i18n/*.ts; do
  pyside6-lrelease "$file" -qm "screens/qml/i18n/qml_$(basename "$file" .ts).qm"
done
