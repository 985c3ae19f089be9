package lab

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// insideEnv marks a test that has been started again within namespaces of its own.
const insideEnv = "BEISTAND_LAB_INSIDE"

// Enter is called first by a TestMain. Where the user is not root, the test
// is started again as the root of its own user and mount namespace, if the
// kernel lets it; Enter then does not return.
func Enter() {
	if os.Geteuid() == 0 || os.Getenv(insideEnv) != "" {
		return
	}
	unshare, err := exec.LookPath("unshare")
	if err != nil {
		return
	}
	wrap := []string{"unshare", "--user", "--map-root-user", "--mount", "--net"}
	if exec.Command(unshare, append(wrap[1:], "mount", "-t", "tmpfs", "tmpfs", "/run")...).Run() != nil {
		return // New says why tests are skipped
	}
	self, err := filepath.Abs(os.Args[0])
	if err != nil {
		return
	}
	args := append(wrap, "sh", "-c", `mount -t tmpfs tmpfs /run && exec "$0" "$@"`, self)
	_ = syscall.Exec(unshare, append(args, os.Args[1:]...), append(os.Environ(), insideEnv+"=1"))
}

// lacking says why networks cannot be built here, "" when they can. It sweeps
// before the first one.
var lacking = sync.OnceValue(func() string {
	for _, tool := range []string{"ip", "nft", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "the program " + tool + " is not installed"
		}
	}
	if os.Geteuid() != 0 {
		return "neither root nor user namespaces can be had"
	}
	sweep()
	name := fmt.Sprintf("%s%d-try", namePrefix, os.Getpid())
	err := run("", "ip", "netns", "add", name)
	if err == nil {
		err = run("table ip try {\n}\n", "ip", "netns", "exec", name, "nft", "-f", "-")
		err = errors.Join(err, remove(name))
	}
	if err != nil {
		return strings.TrimSpace(err.Error())
	}
	return ""
})
