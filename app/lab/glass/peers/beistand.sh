# Ours: the real host, viewer and desk without dialogs, built with the tag
# bench beside glass. Variants are how the picture is carried: tiles (the
# default), data (tiles over a data channel), plain (the whole screen as
# video), browser (the supporter uses Chromium). The desk runs beside the viewer, so that the host's figures are its own.
stand=$(dirname "$GLASS")/stand
export FYNE_SCALE=1
case $1 in
host) exec "$stand" host "$VIEW_IP" "${2/browser/}" ;;
view)
	"$stand" desk &
	[ "$2" = browser ] && exec "$stand" browser
	exec "$stand" view 127.0.0.1 "$2"
	;;
esac
