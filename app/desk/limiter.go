package desk

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// limiter gives each key burst tries and one more every so often (a token
// bucket). Time is passed in.
type limiter struct {
	burst int
	every time.Duration

	mu      sync.Mutex // guards buckets
	buckets map[string]bucket
}

type bucket struct {
	level float64 // tries left
	at    time.Time
}

// maxBuckets bounds the memory; beyond it, new keys are refused until old ones are full again.
const maxBuckets = 100_000

// take uses one try of key's; when there is none it says how long until there is.
func (l *limiter) take(key string, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.buckets == nil {
		l.buckets = map[string]bucket{}
	}
	if _, known := l.buckets[key]; !known && len(l.buckets) >= maxBuckets {
		l.forget(now)
		if len(l.buckets) >= maxBuckets {
			return l.every, false
		}
	}
	level := l.level(key, now)
	if level < 1 {
		l.buckets[key] = bucket{level, now}
		return time.Duration((1 - level) * float64(l.every)), false
	}
	l.buckets[key] = bucket{level - 1, now}
	return 0, true
}

// left says whether key has a try left, and if not, how long until it has.
func (l *limiter) left(key string, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	level := l.level(key, now)
	return time.Duration(max(0, 1-level) * float64(l.every)), level >= 1
}

// give returns a try that was no misuse.
func (l *limiter) give(key string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.buckets[key]; known {
		l.buckets[key] = bucket{min(l.level(key, now)+1, float64(l.burst)), now}
	}
}

// tidy forgets the keys whose tries are all back.
func (l *limiter) tidy(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget(now)
}

func (l *limiter) forget(now time.Time) {
	for key := range l.buckets {
		if l.level(key, now) >= float64(l.burst) {
			delete(l.buckets, key)
		}
	}
}

func (l *limiter) level(key string, now time.Time) float64 {
	b, known := l.buckets[key]
	if !known {
		return float64(l.burst)
	}
	back := max(0, now.Sub(b.at))
	return min(float64(l.burst), b.level+float64(back)/float64(l.every))
}

// address is whom a limit is for, as whom says it.
// Behind a proxy it is the last X-Forwarded-For, which is the one the proxy itself wrote.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if s.cfg.BehindProxy {
		if all := r.Header.Values("X-Forwarded-For"); len(all) > 0 {
			last := all[len(all)-1]
			host = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
		}
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	return whom(a)
}

// whom is whom an address counts for: itself, or an IPv6 one's /64, all of
// which one machine may have.
func whom(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if !a.Is6() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}

// whose is whom a connection counts for.
func whose(conn net.Conn) string {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return "unknown"
	}
	return whom(tcp.AddrPort().Addr())
}
