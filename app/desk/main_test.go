package desk

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"testing"

	"go.uber.org/goleak"
)

// childDir makes the test's own program a desk over that folder, so that a test can kill one.
const childDir, childListen = "BEISTAND_TEST_DIR", "BEISTAND_TEST_LISTEN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		s, err := New(Config{Dir: dir, Listen: os.Getenv(childListen)})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.Addr())
		if err := s.Serve(ctx); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}
