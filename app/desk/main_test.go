package desk

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"testing"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// childDir makes the test's own program a desk over that folder, so that a test can kill one.
const (
	childDir    = "BEISTAND_TEST_DIR"
	childListen = "BEISTAND_TEST_LISTEN"
	childRelay  = "BEISTAND_TEST_RELAY" // may be empty
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		s, err := New(Config{Dir: dir, Listen: os.Getenv(childListen), RelayListen: os.Getenv(childRelay)})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.Addr(), s.RelayAddr())
		if err := s.Serve(ctx); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(dbtest.Main(m)) // which ends the server that tests had
}
