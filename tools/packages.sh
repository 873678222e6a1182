# Debian and Ubuntu packages by purpose; sourced by tools/setup.sh. "a|b": whichever there is.
# shellcheck shell=bash disable=SC2034

# Only where no fitting Python is found.
PYTHON_PACKAGES=(python3 python3-venv)

# What the PySide6 wheels load for the platforms xcb, wayland and offscreen; the fonts that
# screens, receipts and proofs are drawn with; what draws a proof for the screen (poppler-utils);
# smart cards and USB devices; time zones.
RUN_PACKAGES=(
  fonts-noto-cjk
  fontconfig-config
  libdbus-1-3
  libegl1
  libfontconfig1
  libfreetype6
  libgl1
  "libglib2.0-0t64|libglib2.0-0"
  libgssapi-krb5-2
  libwayland-client0
  libwayland-cursor0
  libwayland-egl1
  libx11-6
  libx11-xcb1
  libxcb-cursor0
  libxcb-glx0
  libxcb-icccm4
  libxcb-image0
  libxcb-keysyms1
  libxcb-randr0
  libxcb-render-util0
  libxcb-render0
  libxcb-shape0
  libxcb-shm0
  libxcb-sync1
  libxcb-util1
  libxcb-xfixes0
  libxcb-xkb1
  libxcb1
  libxkbcommon-x11-0
  libxkbcommon0
  poppler-utils
  libpcsclite1
  libudev1
  libusb-1.0-0
  pcscd
  tzdata
)

# What the keyboard has words and handwriting from; without them it offers characters by sound only.
# What voice guidance speaks and plays with; without them it is silent. Installed where the release
# has them.
EXTRA_PACKAGES=(libgooglepinyin0 libzinnia0 tegaki-zinnia-simplified-chinese espeak-ng alsa-utils)

# Python packages of the lock that come as source only, and what building them takes beside the
# lock (pyscard: its swig is a wheel) and the Python headers, which set-up finds by itself.
SOURCE_ONLY=(pyscard)
BUILD_PACKAGES=(gcc libc6-dev libpcsclite-dev)

# Independent peers the tests talk to: CUPS's scheduler, its IPP printer and client, and the service
# discovery that its printer insists on; the sandbox's other database; the driver by which pcscd has
# virtual readers; a TPM in software, and systemd, whose credentials it seals; an X server without a
# screen.
TEST_PACKAGES=(
  avahi-daemon
  cups-daemon
  cups-ipp-utils
  dbus-daemon
  "libtss2-esys-3.0.2-0t64|libtss2-esys-3.0.2-0"
  "libtss2-rc0t64|libtss2-rc0"
  "libtss2-tcti-swtpm0t64|libtss2-tcti-swtpm0"
  postgresql
  swtpm
  systemd
  vsmartcard-vpcd
  xvfb
)
