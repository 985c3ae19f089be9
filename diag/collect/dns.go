package collect

// DNSFacts is system/dns.json: how names are resolved here, and whether it works.
type DNSFacts struct {
	Source  string        `json:"source,omitempty"`         // where the configuration stands, such as /etc/resolv.conf
	Servers []ServerFacts `json:"servers"`                  // in the order in which they are asked
	Search  []string      `json:"search_domains,omitempty"` // appended to short names
	Options []string      `json:"options,omitempty"`        // as resolv.conf(5) has them
	Lookups []LookupFacts `json:"lookups,omitempty"`        // of the profile's hosts
	Hosts   []HostsFacts  `json:"hosts_file,omitempty"`     // lines that answer for the profile's hosts before any server is asked
	Problem string        `json:"problem,omitempty"`        // why the configuration could not be read
}

// ServerFacts is a DNS server and its answer to one question.
type ServerFacts struct {
	Address      string  `json:"address"`
	Behind       string  `json:"behind,omitempty"` // the local resolver that asks this one, such as 127.0.0.53
	Asked        string  `json:"asked,omitempty"`  // the name in question; "" if it was not asked
	Milliseconds float64 `json:"answer_milliseconds,omitempty"`
	Kind         string  `json:"problem,omitempty"` // one of the Problem kinds; "" if it answered
	Error        string  `json:"error,omitempty"`
}

// LookupFacts is what the system's resolver gave for one name.
type LookupFacts struct {
	Host         string   `json:"host"`
	Addresses    []string `json:"addresses,omitempty"`
	Canonical    string   `json:"canonical_name,omitempty"`
	Milliseconds float64  `json:"lookup_milliseconds"`
	Kind         string   `json:"problem,omitempty"` // one of the Problem kinds; "" if there is an address
	Error        string   `json:"error,omitempty"`
}

// HostsFacts is a line of the hosts file.
type HostsFacts struct {
	Host    string `json:"host"`
	Address string `json:"address"`
	Line    int    `json:"line"`
}
