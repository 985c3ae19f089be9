package screen

import (
	"encoding/binary"
	"errors"
	"time"

	"github.com/jezek/xgb"
)

// stirTime is for how long nobody has used pointer or keyboard when it is told
// that somebody does again.
const stirTime = 50 * time.Millisecond

// Requests and events of the SYNC extension 3.1, which xgb does not have.
const (
	syncInitialize, syncListCounters, syncCreateAlarm = 0, 1, 8
	syncAlarmNotify                                   = 1
	syncNegativeTransition                            = 1
	syncAlarmValues                                   = 1<<6 - 1 // all of them
)

var errNoIdleTime = errors.New("the server does not count for how long nobody has typed")

// beginStir asks to be told when somebody begins to use pointer or keyboard:
// the server's counter IDLETIME falls.
func (e *ear) beginStir() error {
	ext, err := e.x.use(e.conn, "SYNC")
	if err != nil {
		return err
	}
	if _, err := ask(e.conn, request(ext.Major, syncInitialize, []byte{3, 1, 0, 0})); err != nil {
		return err
	}
	counters, err := ask(e.conn, request(ext.Major, syncListCounters, nil))
	if err != nil {
		return err
	}
	counter, ok := idleTime(counters)
	if !ok {
		return errNoIdleTime
	}
	id, err := e.conn.NewId()
	if err != nil {
		return err
	}
	values := []uint32{
		id, syncAlarmValues,
		counter, 0, 0, uint32(stirTime.Milliseconds()), // absolute; 64 bits, the higher half first
		syncNegativeTransition, 0, 0, 1, // each time, with an event
	}
	var body []byte
	for _, v := range values {
		body = binary.LittleEndian.AppendUint32(body, v)
	}
	cookie := e.conn.NewCookie(true, false)
	e.conn.NewRequest(request(ext.Major, syncCreateAlarm, body), cookie)
	if err := cookie.Check(); err != nil {
		return err
	}
	e.numbers.stir = ext.Event + syncAlarmNotify
	return nil
}

// request is one of an extension's; body fills whole words.
func request(major, minor byte, body []byte) []byte {
	r := binary.LittleEndian.AppendUint16([]byte{major, minor}, uint16(1+len(body)/4))
	return append(r, body...)
}

func ask(conn *xgb.Conn, request []byte) ([]byte, error) {
	cookie := conn.NewCookie(true, true)
	conn.NewRequest(request, cookie)
	return cookie.Reply()
}

// idleTime finds the counter in the list of all.
func idleTime(reply []byte) (uint32, bool) {
	const head, fixed, name = 32, 14, "IDLETIME"
	if len(reply) < head {
		return 0, false
	}
	for rest := reply[head:]; len(rest) >= fixed; {
		n := int(binary.LittleEndian.Uint16(rest[12:]))
		if len(rest) < fixed+n {
			break
		}
		if string(rest[fixed:fixed+n]) == name {
			return binary.LittleEndian.Uint32(rest), true
		}
		rest = rest[min(len(rest), (fixed+n+3)&^3):]
	}
	return 0, false
}
