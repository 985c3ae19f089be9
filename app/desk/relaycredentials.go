package desk

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	stunlib "github.com/pion/stun/v3"
	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/app/api"
)

// relayTTL is how long credentials are good for allocating; what is allocated
// then lasts as long as the session.
const relayTTL = 10 * time.Minute

// credentials are for one side of one session, in the form of
// draft-uberti-behave-turn-rest: the user name carries the end of their time,
// the password is a MAC over it.
func (r *relay) credentials(session, role string, now time.Time, desk string) []api.ICEServer {
	r.open(session, now)
	stun, turn := r.urls(desk)
	user, password := turnCredentials(r.secret, session, role, now)
	return []api.ICEServer{{URLs: stun}, {URLs: turn, Username: user, Credential: password}}
}

// open lets a session's credentials hold.
func (r *relay) open(session string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.live[session] == nil {
		r.live[session] = newQuota(r.rate, now)
	}
}

// urls are what the relay is reached by (RFC 7064, RFC 7065). desk is what the
// one who asks reaches the desk by: its TLS port is the relay's too, under the
// name that is in the certificate.
func (r *relay) urls(desk string) (stun, turn []string) {
	port := uint16(r.packets[0].LocalAddr().(*net.UDPAddr).Port)
	for _, a := range []netip.Addr{r.public, r.public6} {
		if a.IsValid() {
			at := netip.AddrPortFrom(a, port).String()
			stun = append(stun, "stun:"+at)
			turn = append(turn, "turn:"+at+"?transport=udp", "turn:"+at+"?transport=tcp")
		}
	}
	if r.secure == nil {
		return stun, turn
	}
	host, own, err := net.SplitHostPort(desk)
	if err != nil {
		host, own = strings.Trim(desk, "[]"), "443"
	}
	uri := "turns:" + net.JoinHostPort(host, own) + "?transport=tcp"
	if parsed, err := stunlib.ParseURI(uri); err == nil && parsed.Host == host { // the header is the asker's own
		turn = append(turn, uri)
	}
	return stun, turn
}

// turnCredentials are good for one side of one session, and for relayTTL, with
// every server that has the secret: this relay, or a coturn.
func turnCredentials(secret []byte, session, role string, now time.Time) (user, password string) {
	user = strconv.FormatInt(now.Add(relayTTL).Unix(), 10) + ":" + session + ":" + role
	return user, turnPassword(secret, user)
}

func turnPassword(secret []byte, user string) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write([]byte(user))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// parse takes a user name apart; expires is zero when it is not one of ours.
func (r *relay) parse(user string) (expires time.Time, session string) {
	parts := strings.Split(user, ":")
	if len(parts) != 3 {
		return time.Time{}, ""
	}
	sec, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || sec <= 0 {
		return time.Time{}, ""
	}
	return time.Unix(sec, 0), parts[1]
}

// authenticate gives the key that a request has to be signed with; every kind
// of request comes here. Credentials whose time is over still serve what was
// allocated with them, until the session ends.
func (r *relay) authenticate(user, realm string, client net.Addr) ([]byte, bool) {
	expires, session := r.parse(user)
	r.mu.Lock()
	live := r.live[session] != nil
	own := r.clients[clientKey(client)]
	held := own != nil && own.user == user
	r.mu.Unlock()
	if !live || !held && !expires.After(r.now()) {
		return nil, false
	}
	return turn.GenerateAuthKey(user, realm, turnPassword(r.secret, user)), true
}
