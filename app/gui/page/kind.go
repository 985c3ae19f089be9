//go:build !headless

package page

import (
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/redact"
)

// Removed says how many values of a kind are not sent: 12 passwords removed.
// Of what has a pseudonym it says that it is replaced.
func Removed(k redact.Kind, n int) string {
	data := map[string]any{"What": ofKind(k, n)}
	switch {
	case k == redact.Hidden:
		return lang.N("{{.Count}} places hidden by you", n, map[string]any{"Count": n})
	case k.Secret():
		return lang.L("{{.What}} removed", data)
	}
	return lang.L("{{.What}} replaced", data)
}

// Kept says how many values of a kind are sent as they are: 3 names kept.
func Kept(k redact.Kind, n int) string {
	return lang.L("{{.What}} kept", map[string]any{"What": ofKind(k, n)})
}

// KindTone is the colour of what stands for a value of a kind; its frame and
// its words say the same.
func KindTone(k redact.Kind) widget.Tone {
	switch {
	case k == redact.Hidden:
		return widget.Warning
	case k.Secret():
		return widget.Good
	}
	return widget.Primary
}

// ofKind is a number of values of a kind: 3 user names.
func ofKind(k redact.Kind, n int) string {
	data := map[string]any{"Count": n}
	switch k {
	case redact.Password:
		return lang.N("{{.Count}} passwords", n, data)
	case redact.Token:
		return lang.N("{{.Count}} access tokens", n, data)
	case redact.Cookie:
		return lang.N("{{.Count}} session cookies", n, data)
	case redact.PrivateKey:
		return lang.N("{{.Count}} private keys", n, data)
	case redact.LicenseKey:
		return lang.N("{{.Count}} licence keys", n, data)
	case redact.User:
		return lang.N("{{.Count}} user names", n, data)
	case redact.Name:
		return lang.N("{{.Count}} names", n, data)
	case redact.Email:
		return lang.N("{{.Count}} e-mail addresses", n, data)
	case redact.Phone:
		return lang.N("{{.Count}} phone numbers", n, data)
	case redact.Host:
		return lang.N("{{.Count}} computer names", n, data)
	case redact.Domain:
		return lang.N("{{.Count}} domain names", n, data)
	case redact.IP, redact.Net:
		return lang.N("{{.Count}} IP addresses", n, data)
	case redact.MAC:
		return lang.N("{{.Count}} MAC addresses", n, data)
	case redact.Wifi:
		return lang.N("{{.Count}} Wi-Fi names", n, data)
	case redact.Place:
		return lang.N("{{.Count}} locations", n, data)
	case redact.IBAN:
		return lang.N("{{.Count}} bank account numbers", n, data)
	case redact.Card:
		return lang.N("{{.Count}} card numbers", n, data)
	case redact.ID:
		return lang.N("{{.Count}} tax or insurance numbers", n, data)
	case redact.Serial:
		return lang.N("{{.Count}} serial numbers", n, data)
	case redact.Machine:
		return lang.N("{{.Count}} device IDs", n, data)
	case redact.SID:
		return lang.N("{{.Count}} Windows account IDs", n, data)
	}
	return lang.N("{{.Count}} values", n, data)
}

// Kinds is what values of a kind are called: user names. It is for kinds that
// have a pseudonym.
func Kinds(k redact.Kind) string {
	switch k {
	case redact.User:
		return lang.L("user names")
	case redact.Name:
		return lang.L("names")
	case redact.Email:
		return lang.L("e-mail addresses")
	case redact.Phone:
		return lang.L("phone numbers")
	case redact.Host:
		return lang.L("computer names")
	case redact.Domain:
		return lang.L("domain names")
	case redact.IP, redact.Net:
		return lang.L("IP addresses")
	case redact.MAC:
		return lang.L("MAC addresses")
	case redact.Wifi:
		return lang.L("Wi-Fi names")
	case redact.Place:
		return lang.L("locations")
	case redact.IBAN:
		return lang.L("bank account numbers")
	case redact.Card:
		return lang.L("card numbers")
	case redact.ID:
		return lang.L("tax or insurance numbers")
	case redact.Serial:
		return lang.L("serial numbers")
	case redact.Machine:
		return lang.L("device IDs")
	case redact.SID:
		return lang.L("Windows account IDs")
	}
	return lang.L("values")
}
