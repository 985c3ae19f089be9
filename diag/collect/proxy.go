package collect

// ProxyFacts is system/proxy.json: through which proxies programs here go.
// User names and passwords in addresses are replaced by ***.
type ProxyFacts struct {
	Settings []ProxySettingFacts `json:"settings"`            // all that was found, also what is not in force
	Servers  []ProxyServerFacts  `json:"servers,omitempty"`   // each proxy in the settings, and whether it listens
	Endpoint []ProxyChoiceFacts  `json:"endpoints,omitempty"` // which proxy the environment gives each of the profile's endpoints
}

// ProxySettingFacts is one setting.
type ProxySettingFacts struct {
	Name  string `json:"name"`  // "https_proxy", "mode", "ProxyServer", ...
	From  string `json:"from"`  // "environment", "GNOME", "KDE", "Windows, this user", "Windows, services", "macOS"
	Value string `json:"value"` // without credentials
}

// ProxyServerFacts is a proxy and whether it can be reached.
type ProxyServerFacts struct {
	Address      string  `json:"address"` // host:port
	Milliseconds float64 `json:"connect_milliseconds,omitempty"`
	Kind         string  `json:"problem,omitempty"` // one of the Problem kinds; "" if it listens
	Error        string  `json:"error,omitempty"`
}

// ProxyChoiceFacts is the way to one endpoint.
type ProxyChoiceFacts struct {
	Endpoint string `json:"endpoint"` // its URL
	Proxy    string `json:"proxy"`    // its URL without credentials; "direct" if there is none
	Error    string `json:"error,omitempty"`
}
