package page

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The cookies. Over TLS their names say that no other host can have set them
// (RFC 6265bis, section 4.1.3.2).
const (
	staffCookie    = "beistand"          // a member of staff's token
	customerCookie = "beistand-my"       // the tokens of a customer's tickets
	visitCookie    = "beistand-visit"    // drawn here, so that a form without a session is bound to its browser
	languageCookie = "beistand-language" // en, de or nl
)

// maxTickets is how many tickets one browser keeps open for a customer.
const maxTickets = 8

func (h *House) cookieName(name string) string {
	if h.cfg.Secure {
		return "__Host-" + name
	}
	return name
}

func (p *Request) cookie(name string) string {
	c, err := p.R.Cookie(p.house.cookieName(name))
	if err != nil || len(c.Value) > 4096 {
		return ""
	}
	return c.Value
}

// keep sets a cookie until then, the zero time is until the browser ends; "" takes it away.
func (p *Request) keep(name, value string, until time.Time) {
	c := &http.Cookie{
		Name: p.house.cookieName(name), Value: value, Path: "/", HttpOnly: true, Secure: p.house.cfg.Secure,
		SameSite: http.SameSiteStrictMode, Expires: until,
	}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(p.W, c)
}

// identify takes the caller from the cookies: staff below /desk/, customers below /my/.
func (p *Request) identify() {
	p.back = "/desk/signin"
	visit := p.cookie(visitCookie)
	if len(visit) < 16 && p.R.Method == http.MethodGet {
		visit = drawn()
		p.keep(visitCookie, visit, time.Time{})
	}
	p.seal = visit
	if strings.HasPrefix(p.R.URL.Path, "/my/") {
		p.back = "/my/"
		p.token = p.tokens()[p.Number("n")]
		if p.token == "" && p.R.PathValue("n") == "" {
			for _, t := range p.tokens() {
				p.token = t // a page of all of them: whoever has one is somebody
			}
		}
	} else if p.token = p.cookie(staffCookie); p.token != "" {
		p.seal = p.token
	}
	p.API = p.house.desk.WithToken(p.token)
}

func drawn() string { return rand.Text() }

// FormToken is what every form sends back: nobody else can know it for this browser and session.
func (p *Request) FormToken() string {
	m := hmac.New(sha256.New, []byte(p.seal))
	m.Write([]byte("beistand form"))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// SignIn keeps a member of staff's token.
func (p *Request) SignIn(token string, until time.Time) {
	p.keep(staffCookie, token, until)
	p.token, p.seal = token, token
	p.API = p.house.desk.WithToken(token)
}

// SignedIn says whether a member of staff's token came along; it may hold no longer.
func (p *Request) SignedIn() bool { return p.back != "/my/" && p.token != "" }

// SignOut forgets it.
func (p *Request) SignOut() { p.keep(staffCookie, "", time.Time{}) }

// Ticket gives the interface as a ticket's customer.
func (p *Request) Tickets() []int64 {
	var all []int64
	for _, part := range strings.Split(p.cookie(customerCookie), "~") {
		n, _, _ := strings.Cut(part, ".")
		if number := number(n); number > 0 {
			all = append(all, number)
		}
	}
	return all
}

func (p *Request) tokens() map[int64]string {
	all := map[int64]string{}
	for _, part := range strings.Split(p.cookie(customerCookie), "~") {
		if n, token, ok := strings.Cut(part, "."); ok && number(n) > 0 && token != "" {
			all[number(n)] = token
		}
	}
	return all
}

// OpenTicket keeps a ticket's token beside those that are there, as the first.
func (p *Request) OpenTicket(ticket int64, token string) {
	tokens, value := p.tokens(), strconv.FormatInt(ticket, 10)+"."+token
	kept := 1
	for _, n := range p.Tickets() {
		if n != ticket && kept < maxTickets {
			value += "~" + strconv.FormatInt(n, 10) + "." + tokens[n]
			kept++
		}
	}
	p.keep(customerCookie, value, time.Time{})
}

// CloseTicket forgets a ticket's token; 0 forgets all.
func (p *Request) CloseTicket(ticket int64) {
	tokens, value := p.tokens(), ""
	for _, n := range p.Tickets() {
		if ticket != 0 && n != ticket {
			value += "~" + strconv.FormatInt(n, 10) + "." + tokens[n]
		}
	}
	p.keep(customerCookie, strings.TrimPrefix(value, "~"), time.Time{})
}

// For is the interface as the customer of one of their tickets.
func (p *Request) For(ticket int64) *Request {
	q := *p
	q.token = p.tokens()[ticket]
	q.API = p.house.desk.WithToken(q.token)
	return &q
}

func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

const flowCookie = "beistand-flow" // a sign-in that is at the provider

// Flow keeps a provider's flow and where somebody wanted to go, for ten minutes.
func (p *Request) Flow(flow, then string) {
	p.keep(flowCookie, flow+"~"+base64.RawURLEncoding.EncodeToString([]byte(then)), p.Now.Add(10*time.Minute))
}

// Flowed gives them back and forgets them.
func (p *Request) Flowed() (flow, then string) {
	flow, coded, _ := strings.Cut(p.cookie(flowCookie), "~")
	p.keep(flowCookie, "", time.Time{})
	b, err := base64.RawURLEncoding.DecodeString(coded)
	if err != nil {
		return flow, "/desk/"
	}
	return flow, Inside(string(b), "/desk/")
}
