# Chromium's getDisplayMedia -> WebRTC -> Chromium. Variants: CODEC[-HINT[-MBIT]],
# as in vp8, vp9-text, av1-detail-20, h264-motion-0 (0: the browser's own limit).
IFS=- read -r codec hint mbit <<<"$2"
common="--no-sandbox --no-first-run --no-default-browser-check --disable-gpu --disable-dev-shm-usage
	--disable-backgrounding-occluded-windows --disable-renderer-backgrounding --disable-background-timer-throttling
	--disable-features=WebRtcHideLocalIpsWithMdns,CalculateNativeWinOcclusion,Translate,MediaRouter
	--disable-component-update --disable-sync --password-store=basic --user-data-dir=$HOME/profile
	--force-device-scale-factor=1 --autoplay-policy=no-user-gesture-required --disable-infobars --test-type"
case $1 in
host)
	"$GLASS" signal -addr :8070 &
	sleep 0.5
	exec chromium $common --auto-select-desktop-capture-source=Entire \
		--window-size=640,480 --window-position=0,0 \
		--app="http://127.0.0.1:8070/host.html?codec=${codec^^}&hint=${hint:-detail}&fps=30&max=${mbit:-20}"
	;;
view)
	exec chromium $common --kiosk --window-position=0,0 --window-size=$((${SIZE%x*} + 1)),$((${SIZE#*x} + 1)) \
		"http://$HOST_IP:8070/view.html?target=0"
	;;
esac
