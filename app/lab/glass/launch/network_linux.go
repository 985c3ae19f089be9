package launch

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/lab/line"
)

// Links are the ways that a peer is measured over. The clean one is a plain
// pair of interfaces.
func Links() map[string]line.Line {
	far := 20 * time.Millisecond
	return map[string]line.Line{
		"clean": {},
		"wan":   {Delay: far, Loss: 0.01, Rate: 20e6},
		"thin":  {Delay: far, Rate: 2e6},
		"poor":  {Delay: far, Loss: 0.01, Rate: 2e6},
	}
}

// iface is the interface's name at both ends.
const iface = "gl0"

// network makes two namespaces and joins them.
func (b *bench) network() error {
	b.hostIP, b.viewerIP = "10.77.0.1", "10.77.0.2"
	way, ok := Links()[b.Net]
	if !ok {
		return fmt.Errorf("no link %q", b.Net)
	}
	b.nsA, b.nsB = "glass"+pid()+"a", "glass"+pid()+"b"
	for _, ns := range []string{b.nsA, b.nsB} {
		if err := ip("netns", "add", ns); err != nil {
			return err
		}
	}
	var err error
	if way == (line.Line{}) {
		err = ip("-n", b.nsA, "link", "add", iface, "type", "veth", "peer", "name", iface, "netns", b.nsB)
	} else {
		b.closeLine, err = way.Join(b.nsA, iface, b.nsB, iface)
	}
	if err != nil {
		return err
	}
	for _, e := range [][3]string{{b.nsA, b.hostIP, b.viewerIP}, {b.nsB, b.viewerIP, b.hostIP}} {
		err := errors.Join(
			ip("-n", e[0], "addr", "add", e[1]+"/24", "dev", iface),
			ip("-n", e[0], "link", "set", iface, "mtu", "1500", "up"),
			ip("-n", e[0], "link", "set", "lo", "up"),
			// Browsers offer only the address of the default route.
			ip("-n", e[0], "route", "add", "default", "via", e[2]))
		if err != nil {
			return err
		}
	}
	return nil
}

// disconnect removes what network has made.
func (b *bench) disconnect() error {
	var errs []error
	if b.closeLine != nil {
		errs = append(errs, b.closeLine())
	}
	for _, ns := range []string{b.nsA, b.nsB} {
		if ns != "" {
			errs = append(errs, ip("netns", "del", ns))
		}
	}
	return errors.Join(errs...)
}

// pid is what names of this run have in them.
func pid() string { return strconv.Itoa(os.Getpid()) }

func ip(args ...string) error {
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}
