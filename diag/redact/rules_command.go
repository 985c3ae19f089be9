package redact

// commandRules find passwords in the arguments of programs that take one.
var commandRules = []*Rule{
	{
		Name: "command", Kind: Password, ends: commandNames, find: findCommand,
		Why:   "Programs are given passwords on their command line.",
		Goes:  []string{"sshpass -p ‹hunter2› ssh x", "sshpass -p '‹hunter2›' rsync", "mysqldump -u root -p‹hunter2› shop", "curl -s -u ci:‹hunter2› https://x", "curl --user 'root:‹hun ter2›' x", "redis-cli -h x -a ‹hunter2› ping", `smbclient //nas/x -U 'scan%‹hunter2›' -c ls`, "net user praktikant ‹hunter2› /add", `net use Z: \\localhost\x ‹hunter2› /user:root`, "xfreerdp /v:ts /u:root /p:‹hunter2› /cert:ignore", "7z a -p‹hunter2› x.7z", "rar a -hp‹hunter2› x", "sqlplus scott/‹hunter2› @x", "lftp -u root,‹hunter2› sftp://x", "zip -P ‹hunter2› -r a.zip a"},
		Stays: []string{"mysql -p 3306", "curl -u ci https://x", "ssh -p 22 host", "docker run -p 8080:80 x", "zip -r a.zip a", "net use", "mkdir -p /a/b", "7z x a.7z", "net user"},
	},
	{
		Name: "piped", Kind: Password, ends: []string{"passwd", "chpasswd", "sudo", "cryptsetup", "login", "kinit", "gpg"}, find: findPiped,
		Why:   "A password is piped into a program.",
		Goes:  []string{`echo "‹hunter2›" | passwd --stdin x`, "echo 'root:‹hunter2›' | chpasswd", "echo ‹hunter2› | sudo -S systemctl restart app", `echo -n "‹hunter2›" | cryptsetup luksOpen /dev/sdb1 d -`},
		Stays: []string{"cat x | sudo tee y", "echo | sudo x", "passwd: ok"},
	},
	{
		Name: "call", Kind: Password, ends: callNames, find: findCall,
		Why:   "A program is given a password in a call.",
		Goes:  []string{`new NetworkCredential("root", "‹hunter2›")`, `DriverManager.getConnection(url, "root", "‹hunter2›");`, `ConvertTo-SecureString "‹hunter2›" -AsPlainText -Force`, "ConvertTo-SecureString -String '‹hunter2›' -AsPlainText", `OPENROWSET('SQLNCLI','srv';'sa';'‹hunter2›','select 1')`, "pgp_sym_decrypt(data, '‹hunter2›')", `MapNetworkDrive "Z:", "x", False, "root", "‹hunter2›"`},
		Stays: []string{"getConnection(url)", "ConvertTo-SecureString failed", "NetworkCredential()"},
	},
}

// commands are programs and where on their command line a password stands: an
// option and how its value holds the password.
//
//	-p _    the next argument          -p*    the rest of the argument
//	-u U:_  after the colon of the next; the same with , / and %
//	@2      the second argument that is no option
var commands = []struct {
	name string
	args []string
}{
	{"sshpass", []string{"-p _", "-p*"}},
	{"mysql", []string{"-p*"}},
	{"mysqldump", []string{"-p*"}},
	{"mysqladmin", []string{"-p*"}},
	{"mariadb", []string{"-p*"}},
	{"mongo", []string{"-p _"}},
	{"mongosh", []string{"-p _"}},
	{"mongodump", []string{"-p _"}},
	{"curl", []string{"-u U:_", "--user U:_", "-U U:_", "--proxy-user U:_", "-b _", "--pass _"}},
	{"wget", []string{"--password _", "--http-password _"}},
	{"docker login", []string{"-p _"}},
	{"podman login", []string{"-p _"}},
	{"oc login", []string{"-p _"}},
	{"sqlcmd", []string{"-P _", "-P*", "/P _"}},
	{"osql", []string{"-P _", "-P*", "/P _"}},
	{"isql", []string{"-P _", "-P*"}},
	{"bcp", []string{"-P _", "-P*"}},
	{"zip", []string{"-P _"}},
	{"unzip", []string{"-P _"}},
	{"7z", []string{"-p*"}},
	{"7za", []string{"-p*"}},
	{"rar", []string{"-hp*", "-p*"}},
	{"unrar", []string{"-p*"}},
	{"redis-cli", []string{"-a _"}},
	{"ldapsearch", []string{"-w _"}},
	{"ldapmodify", []string{"-w _"}},
	{"ldapadd", []string{"-w _"}},
	{"ldapwhoami", []string{"-w _"}},
	{"smbclient", []string{"-U U%_"}},
	{"rpcclient", []string{"-U U%_"}},
	{"net ads", []string{"-U U%_"}},
	{"net use", []string{"@3", "@2"}},
	{"net user", []string{"@2"}},
	{"psexec", []string{"-p _"}},
	{"psexec64", []string{"-p _"}},
	{"xfreerdp", []string{"/p:*"}},
	{"wfreerdp", []string{"/p:*"}},
	{"rdesktop", []string{"-p _"}},
	{"schtasks", []string{"/rp _", "/p _"}},
	{"cmdkey", []string{"/pass:*"}},
	{"wmic", []string{"/password:*"}},
	{"signtool", []string{"/p _"}},
	{"openssl", []string{"-k _", "-K _", "-passin pass:*", "-passout pass:*"}},
	{"gpg", []string{"--passphrase _"}},
	{"sqlplus", []string{"@1 U/_"}},
	{"rman", []string{"@2 U/_"}},
	{"exp", []string{"@1 U/_"}},
	{"imp", []string{"@1 U/_"}},
	{"expdp", []string{"@1 U/_"}},
	{"impdp", []string{"@1 U/_"}},
	{"lftp", []string{"-u U,_"}},
	{"ncftp", []string{"-p _"}},
	{"htpasswd", []string{"@3"}},
	{"vncviewer", []string{"-password _"}},
	{"x11vnc", []string{"-passwd _"}},
	{"plink", []string{"-pw _"}},
	{"pscp", []string{"-pw _"}},
	{"putty", []string{"-pw _"}},
	{"keytool", []string{"-storepass _", "-keypass _"}},
	{"jarsigner", []string{"-storepass _", "-keypass _"}},
	{"ipmitool", []string{"-P _"}},
	{"snmpwalk", []string{"-c _", "-A _", "-X _"}},
	{"snmpget", []string{"-c _", "-A _", "-X _"}},
	{"svn", []string{"--password _"}},
	{"kinit", []string{"--password _"}},
	{"vncpasswd", []string{"<<< _"}},
	{"read", []string{"<<< _"}},
	{"progres", []string{"-P _"}},
	{"_progres", []string{"-P _"}},
	{"mpro", []string{"-P _"}},
	{"restic", []string{"--password-command echo*"}},
}

var commandNames = func() (names []string) {
	for _, c := range commands {
		names = append(names, lastWord(c.name))
	}
	return names
}()
