package collect

import (
	"context"
	"encoding/binary"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProxySettings(t *testing.T) {
	lookup := func(name string) (string, bool) {
		v, ok := map[string]string{
			"http_proxy": "http://anna:secret@proxy.example:8080/", "HTTPS_PROXY": "proxy.example:8080", "no_proxy": "localhost,.example", "all_proxy": "socks5://127.0.0.1:1080",
		}[name]
		return v, ok
	}
	blob := func(flags uint32, texts ...string) []byte {
		b := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, 0x28), 5), flags)
		for _, s := range texts {
			b = append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
		}
		return b
	}
	for name, c := range map[string]struct{ got, want []ProxySettingFacts }{
		"environment": {environmentProxies(lookup), []ProxySettingFacts{
			{"http_proxy", "environment", "http://***@proxy.example:8080/"},
			{"HTTPS_PROXY", "environment", "proxy.example:8080"},
			{"all_proxy", "environment", "socks5://127.0.0.1:1080"},
			{"no_proxy", "environment", "localhost,.example"},
		}},
		"GNOME": {gnomeProxies("org.gnome.system.proxy autoconfig-url ''\norg.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.http host 'proxy.example'\norg.gnome.system.proxy.http port 8080\norg.gnome.system.proxy.ftp host ''\norg.gnome.system.proxy.ftp port 0\norg.gnome.system.proxy.http authentication-password 'secret'\n"), []ProxySettingFacts{
			{"mode", "GNOME", "manual"}, {"http proxy", "GNOME", "proxy.example:8080"},
		}},
		"KDE": {kdeProxies("[Cookies]\nhttpProxy=no\n[Proxy Settings][$i]\nProxyType=1\nhttpProxy=http://anna:secret@proxy.example 3128\nNoProxyFor=localhost\n"), []ProxySettingFacts{
			{"mode", "KDE", "manual"}, {"httpProxy", "KDE", "http://***@proxy.example:3128"}, {"not for", "KDE", "localhost"},
		}},
		"macOS": {scutilProxies("<dictionary> {\n  HTTPEnable : 1\n  HTTPPort : 8080\n  HTTPProxy : proxy.example\n  HTTPSEnable : 0\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://pac.example/proxy.pac\n}\n"), []ProxySettingFacts{
			{"http proxy", "macOS", "proxy.example:8080"}, {"autoconfig-url", "macOS", "http://pac.example/proxy.pac"},
		}},
		"services":         {winHTTPProxies(blob(3, "http=proxy.example:8080;https=proxy.example:8443", "<local>")), []ProxySettingFacts{{"ProxyServer", "Windows, services", "http=proxy.example:8080;https=proxy.example:8443"}, {"bypass list", "Windows, services", "<local>"}}},
		"services, none":   {winHTTPProxies(blob(1)), nil},
		"services, broken": {winHTTPProxies(blob(3, "x")[:14]), nil},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	for value, want := range map[string]string{
		"http://a:b@c:1": "http://***@c:1", "a:b@c:1": "***@c:1", "http=a:b@c:1;https=d:2": "http=***@c:1;https=d:2", "http://a:b%zz@@c": "http://***@c", "c:1": "c:1", "": "",
	} {
		if got := withoutCredentials(value); got != want {
			t.Errorf("%q became %q", value, got)
		}
	}
	for value, want := range map[string]string{
		"http://c:1": "c:1", "c:1": "c:1", "http=c:1;https=d:2": "c:1 d:2", "https://c": "c:443", "c": "", "": "",
	} {
		if got := strings.Join(proxyAddresses(ProxySettingFacts{Name: "http_proxy", Value: value}), " "); got != want {
			t.Errorf("%q gave %q", value, got)
		}
	}
}

// TestProxyCollector tries the proxies that are set, and says which endpoint goes through which.
func TestProxyCollector(t *testing.T) {
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy"} {
		t.Setenv(name, "")
		t.Setenv(strings.ToUpper(name), "")
	}
	up := rawServer(t, func(net.Conn) {})
	t.Setenv("https_proxy", "http://anna:secret@"+up)
	t.Setenv("no_proxy", "inside.example")
	c := proxies{
		list: []Endpoint{{URL: "https://out.example"}, {URL: "https://inside.example"}, {URL: "tcp://out.example:1"}},
		settings: func(context.Context) []ProxySettingFacts {
			return []ProxySettingFacts{{"http proxy", "GNOME", "127.0.0.1:1"}, {"mode", "GNOME", "none"}}
		},
	}
	s := &memSink{}
	if err := c.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.only(t).String(), "secret") {
		t.Error("a password is there")
	}
	f := factsOf[ProxyFacts](t, c)
	if len(f.Servers) != 2 || f.Servers[0].Address != up || f.Servers[0].Kind != "" || f.Servers[1].Kind != ProblemRefused {
		t.Errorf("%+v", f.Servers)
	}
	want := []ProxyChoiceFacts{{Endpoint: "https://out.example", Proxy: "http://***@" + up}, {Endpoint: "https://inside.example", Proxy: "direct"}}
	if d := cmp.Diff(want, f.Endpoint); d != "" {
		t.Error(d)
	}
}
