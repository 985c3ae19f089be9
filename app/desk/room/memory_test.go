package room_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/room/roomtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestMemory(t *testing.T) {
	roomtest.Run(t, func(_ *testing.T, queue int, now func() time.Time) room.Rooms { return room.NewMemory(queue, now) })
}
