package diag

import (
	"os/user"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/diag/redact"
)

func files(all map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for path, text := range all {
		m[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestWhatAMachineTells(t *testing.T) {
	none := func(string) string { return "" }
	windows := map[string]string{"COMPUTERNAME": "BUERO-PC-7", "USERDOMAIN": "NORDWIND", "USERDNSDOMAIN": "AD.NORDWIND.EXAMPLE"}
	for name, c := range map[string]struct {
		m    machine
		want redact.Known
	}{
		"linux": {
			machine{
				system: "linux", hostname: "wks4711", env: none, user: user.User{Uid: "1000", Username: "anna", Name: "Anna Novak"},
				files: files(map[string]string{
					"etc/hostname": "WKS4711\n", "etc/hosts": "127.0.0.1 localhost\n127.0.1.1 wks4711.kundenetz.lan wks4711\n10.0.0.1 other\n",
					"etc/resolv.conf": "# made by\nsearch kundenetz.lan fritz.box\nnameserver 10.0.0.1\n",
					"etc/passwd": "root:x:0:0:root:/root:/bin/bash\nanna:x:1000:1000:Anna Novak,,,:/home/anna:/bin/bash\n" +
						"bob:x:1001:1001::/home/bob:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/:/bin/false\nbroken\nx:y:z:::::\n",
					"etc/machine-id": "0123456789abcdef0123456789abcdef\n", "sys/class/dmi/id/product_serial": "PF3ABCDE\n",
					"sys/class/dmi/id/board_serial": "Default string\n", "sys/class/dmi/id/chassis_serial": "0000000\n",
				}),
			},
			redact.Known{
				Hosts: []string{"wks4711"}, Domains: []string{"kundenetz.lan"}, Users: []string{"anna", "bob"}, Names: []string{"Anna Novak"},
				Serials: []string{"0123456789abcdef0123456789abcdef", "pf3abcde"},
			},
		},
		"windows": {
			machine{
				system: "windows", hostname: "Buero-PC-7", env: func(n string) string { return windows[n] }, id: "2F1E4A0C-3B7D-4C7E-9D52-0A6B1C2D3E4F",
				user: user.User{Uid: "S-1-5-21-1-2-3-1001", Username: `NORDWIND\a.novak`, Name: "Anna Novak"},
				files: files(map[string]string{
					"Users/a.novak/x": "", "Users/Public/x": "", "Users/Default/x": "", "Users/desktop.ini": "", "Users/Ben Meier/x": "",
				}),
			},
			redact.Known{
				Hosts: []string{"buero-pc-7"}, Domains: []string{"ad.nordwind.example"}, Users: []string{"Ben Meier", "a.novak"},
				Names: []string{"Anna Novak", "NORDWIND"}, Serials: []string{"2f1e4a0c-3b7d-4c7e-9d52-0a6b1c2d3e4f"},
			},
		},
		"a system that tells nothing": {
			machine{system: "linux", hostname: "localhost", env: none, files: files(nil), user: user.User{Uid: "0", Username: "root", Name: "root"}},
			redact.Known{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, c.m.known()); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestThisMachine(t *testing.T) {
	if _, err := redact.Compile(Own(t.Context())); err != nil {
		t.Error(err)
	}
}
