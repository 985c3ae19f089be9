package analyze

import (
	"strings"
	"time"

	"github.com/beistand/beistand/diag/collect"
)

// soonExpired is how long before its end a certificate should be renewed;
// those that renew themselves do it 30 days before.
const soonExpired = 21 * 24 * time.Hour

// wrongName says whether a certificate is for other names. The texts are those
// of crypto/x509.
func wrongName(t *collect.TLSFacts) bool {
	return strings.Contains(t.Error, "certificate is valid for") || strings.Contains(t.Error, "not valid for any names") ||
		strings.Contains(t.Error, "doesn't contain any IP SANs") || strings.Contains(t.Error, "legacy Common Name")
}

func certificateRules() []Rule {
	withTLS := func(look func(e *evidence, t *collect.TLSFacts) (hit, bool)) func(*evidence) []hit {
		return eachEndpoint(func(e *evidence, p collect.EndpointFacts) (hit, bool) {
			if p.TLS == nil {
				return hit{}, false
			}
			return look(e, p.TLS)
		})
	}
	chain := func(t *collect.TLSFacts) string {
		if len(t.Chain) == 0 {
			return t.Error
		}
		return phrase(t.Chain[0].Subject+" from "+t.Chain[0].Issuer, t.Error)
	}
	return []Rule{
		{
			ID: "certificate-expired", Severity: Critical,
			Say:  "The certificate of {{.Name}} expired on {{.Date}}.",
			Do:   "Those who run the service have to renew it; check first that this machine's clock is right.",
			When: "A certificate in the chain of a service has expired.",
			find: withTLS(func(e *evidence, t *collect.TLSFacts) (hit, bool) {
				return hit{data: data("Date", day(t.Expires)), detail: chain(t)}, !t.Expires.IsZero() && e.now.After(t.Expires)
			}),
		},
		{
			ID: "certificate-expiring", Severity: Warning,
			Say:  "The certificate of {{.Name}} expires on {{.Date}}; days left: {{.Days}}.",
			Do:   "Those who run the service should renew it now.",
			When: "A certificate in the chain of a service expires within 21 days; critical within 3 days.",
			find: withTLS(func(e *evidence, t *collect.TLSFacts) (hit, bool) {
				left := t.Expires.Sub(e.now)
				h := hit{data: data("Date", day(t.Expires), "Days", days(left)), detail: chain(t)}
				if left < 3*24*time.Hour {
					h.severity = Critical
				}
				return h, !t.Expires.IsZero() && left >= 0 && left < soonExpired
			}),
		},
		{
			ID: "certificate-not-yet-valid", Severity: Critical,
			Say:  "The certificate of {{.Name}} is valid only from {{.Date}} on.",
			Do:   "Check this machine's clock.",
			When: "A certificate of a service is not valid yet by this machine's clock.",
			find: withTLS(func(e *evidence, t *collect.TLSFacts) (hit, bool) {
				for _, c := range t.Chain {
					if e.now.Before(c.From) {
						return hit{data: data("Date", day(c.From)), detail: chain(t)}, true
					}
				}
				return hit{}, false
			}),
		},
		{
			ID: "certificate-wrong-name", Severity: Critical,
			Say:  "The certificate of {{.Name}} belongs to another server: {{.Names}}.",
			Do:   "Check the address in the settings; else those who run the service have to get the right certificate.",
			When: "A service's certificate does not have its host name.",
			find: withTLS(func(_ *evidence, t *collect.TLSFacts) (hit, bool) {
				if t.Trusted || !wrongName(t) || len(t.Chain) == 0 {
					return hit{}, false
				}
				return hit{data: data("Names", inList(t.Chain[0].Names, 3)), detail: chain(t)}, true
			}),
		},
		{
			ID: "certificate-untrusted", Severity: Critical,
			Say:  "This machine does not trust the certificate of {{.Name}}, which {{.Issuer}} has issued.",
			Do:   "Install the authority's certificate on this machine if it is your organisation's; a virus scanner or proxy may also have put itself in between.",
			When: "A service's certificate comes from an authority that is unknown here, or from itself.",
			find: withTLS(func(e *evidence, t *collect.TLSFacts) (hit, bool) {
				if t.Trusted || wrongName(t) || e.now.After(t.Expires) || len(t.Chain) == 0 || e.now.Before(t.Chain[0].From) {
					return hit{}, false
				}
				return hit{data: data("Issuer", t.Chain[len(t.Chain)-1].Issuer), detail: chain(t)}, true
			}),
		},
		{
			ID: "certificate-weak", Severity: Info,
			Say:  "The connection to {{.Name}} uses an outdated kind of encryption: {{.What}}.",
			Do:   "Those who run the service should turn on TLS 1.2 or 1.3 and a stronger key.",
			When: "A service offers TLS 1.1 or older, an RSA key below 2048 bits, or a SHA-1 or MD5 signature.",
			find: withTLS(func(_ *evidence, t *collect.TLSFacts) (hit, bool) {
				what := ""
				if v := t.Version; v == "TLS 1.0" || v == "TLS 1.1" || strings.HasPrefix(v, "SSL") {
					what = v
				}
				for _, c := range t.Chain {
					if c.Key == "RSA 1024" || c.Key == "RSA 512" {
						what = c.Key
					}
					if s := strings.ToUpper(c.Signature); !c.SelfSigned && (strings.Contains(s, "SHA1") || strings.Contains(s, "MD5")) {
						what = c.Signature
					}
				}
				return hit{data: data("What", what), detail: chain(t)}, what != ""
			}),
		},
	}
}
