package collect

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"time"
)

// sntpTime is how long one server may take.
const sntpTime = 2 * time.Second

// askTime asks one server what time it is (RFC 4330). Problems are named in
// the answer: a firewall in between is evidence, not a fault.
func askTime(ctx context.Context, server string) ServerClock {
	c := ServerClock{Server: server}
	skew, trip, stratum, err := sntp(ctx, server)
	if err != nil {
		c.Problem = err.Error()
		return c
	}
	seconds := float64(skew.Milliseconds()) / 1000
	c.Skew, c.RoundTrip, c.Stratum = &seconds, float64(trip.Microseconds())/1000, stratum
	return c
}

// sntp gives by how much this machine is ahead of the server.
func sntp(ctx context.Context, server string) (skew, trip time.Duration, stratum int, err error) {
	address := server
	if _, _, err := net.SplitHostPort(server); err != nil {
		address = net.JoinHostPort(server, "123")
	}
	timed, cancel := context.WithTimeout(ctx, sntpTime)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(timed, "udp", address)
	if err != nil {
		return 0, 0, 0, err
	}
	defer conn.Close()
	stop := context.AfterFunc(timed, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	question := make([]byte, ntpSize)
	question[0] = 4<<3 | 3          // version 4, client
	_, _ = rand.Read(question[40:]) // the transmit time comes back: what it is is nobody's business
	sent := time.Now()
	if _, err := conn.Write(question); err != nil {
		return 0, 0, 0, err
	}
	answer := make([]byte, 512)
	for {
		n, err := conn.Read(answer)
		arrived := time.Now()
		if err != nil {
			if timed.Err() != nil {
				err = fmt.Errorf("no answer within %v", sntpTime)
			}
			return 0, 0, 0, err
		}
		if n >= ntpSize && string(answer[24:32]) == string(question[40:48]) {
			return judgeTime(answer[:ntpSize], sent, arrived)
		}
	}
}

// ntpSize is the length of a packet without extensions.
const ntpSize = 48

// judgeTime works out the skew of an answer (RFC 4330 5): half the sum of
// what lies between the two clocks on both ways.
func judgeTime(p []byte, sent, arrived time.Time) (skew, trip time.Duration, stratum int, err error) {
	stratum = int(p[1])
	switch {
	case p[0]&7 != 4:
		return 0, 0, 0, errors.New("the answer is not a server's")
	case stratum == 0:
		return 0, 0, 0, fmt.Errorf("the server refuses: %.4q", p[12:16])
	case p[0]>>6 == 3 || stratum > 15:
		return 0, 0, 0, errors.New("the server does not know the time itself")
	}
	received, transmitted := ntpTime(p[32:], arrived), ntpTime(p[40:], arrived)
	elapsed := arrived.Sub(sent) // by a clock that nobody sets
	trip = max(0, elapsed-transmitted.Sub(received))
	middle := sent.Round(0).Add(elapsed / 2)
	server := received.Add(transmitted.Sub(received) / 2)
	return middle.Sub(server), trip, stratum, nil
}

// ntpTime reads 64 bits of seconds since 1900 in the era (of 136 years) that
// is nearest to now.
func ntpTime(b []byte, now time.Time) time.Time {
	const from1900 = 2_208_988_800
	seconds := int64(binary.BigEndian.Uint32(b)) - from1900
	const era = int64(1) << 32
	for seconds < now.Unix()-era/2 {
		seconds += era
	}
	fraction := int64(binary.BigEndian.Uint32(b[4:])) * int64(time.Second) >> 32
	return time.Unix(seconds, fraction)
}
