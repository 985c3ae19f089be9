# Ours: the real host, viewer and desk without dialogs, built with the tag
# bench beside glass. Variants: none, plain (the supporter asks for the whole
# screen as one video), browser (the supporter uses Chromium). The desk runs
# beside the viewer, so that the host's figures are its own.
stand=$(dirname "$GLASS")/stand
export FYNE_SCALE=1
case $1 in
host) exec "$stand" host "$VIEW_IP" ;;
view)
	"$stand" desk &
	[ "$2" = browser ] && exec "$stand" browser
	exec "$stand" view 127.0.0.1 "$2"
	;;
esac
