package gate

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Limiter gives each key Burst tries and one more Every so often (a token
// bucket). Time is passed in. The zero value refuses everything.
type Limiter struct {
	Burst int
	Every time.Duration

	mu      sync.Mutex // guards buckets
	buckets map[string]bucket
}

type bucket struct {
	level float64 // tries left
	at    time.Time
}

// maxBuckets bounds the memory. Beyond it the fullest of some buckets is
// forgotten for a new one: whoever comes with that many keys keeps nobody else
// away, and what was used up stays so.
const (
	maxBuckets = 100_000
	looked     = 16
)

// Take uses one try of key's; when there is none it says how long until there is.
func (l *Limiter) Take(key string, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.buckets == nil {
		l.buckets = map[string]bucket{}
	}
	if _, known := l.buckets[key]; !known && len(l.buckets) >= maxBuckets {
		l.makeRoom(now)
	}
	level := l.level(key, now)
	if level < 1 {
		l.buckets[key] = bucket{level, now}
		return time.Duration((1 - level) * float64(l.Every)), false
	}
	l.buckets[key] = bucket{level - 1, now}
	return 0, true
}

// Left says whether key has a try left, and if not, how long until it has.
func (l *Limiter) Left(key string, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	level := l.level(key, now)
	return time.Duration(max(0, 1-level) * float64(l.Every)), level >= 1
}

// Give returns a try that was no misuse.
func (l *Limiter) Give(key string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.buckets[key]; known {
		l.buckets[key] = bucket{min(l.level(key, now)+1, float64(l.Burst)), now}
	}
}

// Tidy forgets the keys whose tries are all back.
func (l *Limiter) Tidy(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget(now)
}

// Len says how many keys are remembered.
func (l *Limiter) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.buckets)
}

// makeRoom forgets the fullest of a few that come first, which others do each time.
func (l *Limiter) makeRoom(now time.Time) {
	fullest, most, n := "", -1.0, 0
	for key := range l.buckets {
		if level := l.level(key, now); level > most {
			fullest, most = key, level
		}
		if n++; n == looked {
			break
		}
	}
	delete(l.buckets, fullest)
}

func (l *Limiter) forget(now time.Time) {
	for key := range l.buckets {
		if l.level(key, now) >= float64(l.Burst) {
			delete(l.buckets, key)
		}
	}
}

func (l *Limiter) level(key string, now time.Time) float64 {
	b, known := l.buckets[key]
	if !known {
		return float64(l.Burst)
	}
	back := max(0, now.Sub(b.at))
	return min(float64(l.Burst), b.level+float64(back)/float64(l.Every))
}

// Whom is whom an address counts for: itself, or an IPv6 one's /64, all of
// which one machine may have.
func Whom(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if !a.Is6() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}

// Whose is whom a connection counts for.
func Whose(conn net.Conn) string {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return "unknown"
	}
	return Whom(tcp.AddrPort().Addr())
}

// Address is whom a limit on a request is for, as Whom says it. Behind a proxy
// it is the last X-Forwarded-For, which is the one the proxy itself wrote.
func Address(r *http.Request, behindProxy bool) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if behindProxy {
		if all := r.Header.Values("X-Forwarded-For"); len(all) > 0 {
			last := all[len(all)-1]
			host = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
		}
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	return Whom(a)
}
