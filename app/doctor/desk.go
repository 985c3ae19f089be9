package doctor

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/beistand/beistand/app/api"
)

const (
	nameTime = 5 * time.Second
	deskTime = 8 * time.Second
	maxBody  = 64 << 10 // bytes of the desk's answer

	tlsSoonTime = 14 * 24 * time.Hour
	clockFair   = time.Minute     // further apart is told
	clockBad    = 5 * time.Minute // further apart ends codes and credentials before their time
)

// What is said; English, the keys of translations.
const (
	nameNumber  = "The desk's address {{.Host}} is a number: no name has to be looked up."
	nameKnown   = "The desk's name {{.Host}} is known here: {{.Addresses}}."
	nameUnknown = "The desk's name {{.Host}} cannot be looked up here: {{.Why}}."
	nameDo      = "Check the name; if it is right, ask whoever looks after your network about its name server."

	deskNone      = "No desk is set, so that only this computer is looked at."
	deskNoneDo    = "Name the desk with --desk to have the way to it looked at, too."
	deskAnswers   = "The desk at {{.Desk}} answers, in {{.Milliseconds}} ms."
	deskAway      = "The desk at {{.Desk}} does not answer: {{.Why}}."
	deskAwayDo    = "Check your network connection and whether a firewall is in the way; if others have the same trouble, tell the desk's people."
	deskStrange   = "What answers at {{.Desk}} is no support desk."
	deskStrangeDo = "Check the address; in a guest network, open a web page first and accept its terms."
	deskUntold    = "The desk was not asked."

	tlsNone   = "The desk is on this computer and spoken to without a certificate."
	tlsGood   = "The desk's certificate is good until {{.Until}}."
	tlsSoon   = "The desk's certificate ends soon, on {{.Until}}."
	tlsSoonDo = "Tell the desk's people to renew it."
	tlsBad    = "The desk's certificate is not accepted: {{.Why}}."
	tlsBadDo  = "Check this computer's clock; if it is right, tell the desk's people, or whoever looks after a proxy or virus scanner that opens connections."
	tlsUntold = "The desk's certificate was not seen."

	clockGood   = "This computer's clock is right, to {{.Seconds}} s of the desk's."
	clockOff    = "This computer's clock is {{.Seconds}} s away from the desk's."
	clockDo     = "Let the system set its clock from the network."
	clockUntold = "The clock could not be compared with the desk's."
)

// checkDesk looks at the way to the desk, and at what the desk names.
func checkDesk(ctx context.Context, o Options) []Check {
	name := Check{Name: "dns", State: Skipped, Says: deskUntold}
	desk := Check{Name: "desk", State: Skipped, Says: deskNone, Do: deskNoneDo}
	cert := Check{Name: "tls", State: Skipped, Says: tlsUntold}
	clock := Check{Name: "clock", State: Skipped, Says: clockUntold}
	base, err := url.Parse(o.Desk)
	proxy := Check{Name: "proxy", State: Skipped, Says: proxyUntold}
	own := globalSix()
	if o.Desk == "" || err != nil || base.Hostname() == "" {
		ways := append(checkWays(ctx, nil, false), checkSix(ctx, o, nil, asked{}, own))
		return append([]Check{name, proxy, desk, cert, clock}, ways...)
	}
	var beside sync.WaitGroup
	beside.Go(func() { proxy = checkProxy(ctx, base) })
	name = checkName(ctx, base.Hostname())
	a := ask(ctx, o, base, http.DefaultTransport.(*http.Transport).Clone())
	desk, cert, clock = a.desk, a.tls, a.clock
	if desk.State == OK && name.State == Failed {
		name.State = Warning // a proxy knows the name
	}
	var sixth Check
	beside.Go(func() { sixth = checkSix(ctx, o, base, a, own) })
	ways := checkWays(ctx, a.health.ICE, a.desk.State == OK)
	beside.Wait()
	return append(append([]Check{name, proxy, desk, cert, clock}, ways...), sixth)
}

func checkName(ctx context.Context, host string) Check {
	c := Check{Name: "dns", State: OK, Data: map[string]any{"Host": host}}
	if _, err := netip.ParseAddr(host); err == nil {
		c.Says = nameNumber
		return c
	}
	ctx, cancel := context.WithTimeout(ctx, nameTime)
	defer cancel()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		c.State, c.Says, c.Do, c.Data["Why"] = Failed, nameUnknown, nameDo, cause(err)
		return c
	}
	var all []string
	for _, a := range found[:min(len(found), 8)] {
		all = append(all, a.Unmap().String())
	}
	c.Says, c.Data["Addresses"] = nameKnown, strings.Join(all, ", ")
	return c
}

// asked is what one question to the desk told.
type asked struct {
	desk, tls, clock Check
	health           api.Health
}

// why is what a person can do something with.
func (a asked) why() string {
	for _, c := range []Check{a.desk, a.tls} {
		if why, ok := c.Data["Why"].(string); ok {
			return why
		}
	}
	return errAnswer.Error()
}

// ask asks the desk for its health; nothing secret is sent.
func ask(ctx context.Context, o Options, desk *url.URL, transport *http.Transport) (a asked) {
	base := strings.TrimSuffix(desk.String(), "/")
	a.desk = Check{Name: "desk", State: Failed, Says: deskAway, Do: deskAwayDo, Data: map[string]any{"Desk": base}}
	a.tls = Check{Name: "tls", State: Skipped, Says: tlsUntold, Data: map[string]any{}}
	a.clock = Check{Name: "clock", State: Skipped, Says: clockUntold, Data: map[string]any{}}
	ctx, cancel := context.WithTimeout(ctx, deskTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+api.PathHealth, nil)
	if err != nil {
		a.desk.Data["Why"] = cause(err)
		return a
	}
	req.Header.Set("User-Agent", "beistand/"+o.Version)
	defer transport.CloseIdleConnections()
	c := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	begin := time.Now()
	resp, err := c.Do(req)
	if err != nil {
		var bad *tls.CertificateVerificationError
		if errors.As(err, &bad) {
			a.tls.State, a.tls.Says, a.tls.Do, a.tls.Data["Why"] = Failed, tlsBad, tlsBadDo, cause(bad.Err)
			a.desk.State, a.desk.Says, a.desk.Do = Skipped, deskUntold, ""
			return a
		}
		a.desk.Data["Why"] = cause(err)
		return a
	}
	defer resp.Body.Close()
	a.desk.Data["Milliseconds"] = time.Since(begin).Milliseconds()
	a.tls = judgeTLS(resp.TLS, o.Now())
	a.clock = judgeClock(resp.Header.Get("Date"), o.Now())
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil || resp.StatusCode != http.StatusOK || json.Unmarshal(body, &a.health) != nil || a.health.Name != "beistand" {
		a.desk.Says, a.desk.Do, a.health = deskStrange, deskStrangeDo, api.Health{}
		return a
	}
	a.desk.State, a.desk.Says, a.desk.Do, a.desk.Data["Version"] = OK, deskAnswers, "", a.health.Version
	return a
}
