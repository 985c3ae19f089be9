package redact

// everyday are words that logs are full of: as the name of an account or a
// machine they are replaced only where a rule knows that a name stands there.
var everyday = words(`
	admin alex app apps art auto bin bot box build cache case chris client cloud code core data db dev
	demo desktop dev disk docker eve file files frank game git grace guest home hope host info
	io iris joy jack lan laptop local localhost log logs mail main mark master max may media mike min model
	name net new node none office ok old page pat pc penny person pi print printer prod public rich rob
	root run sam sandy server service services shop site sql srv stage state stats storage store sue support sync
	sys system temp test tester time tmp tom tools update user users value vm web will win work workstation
	is was were not are has have had cannot can could does did and or but for from with without by of on in at to
	the a an this that no any all as be been being will would should must may might
	logged login logon logout signed connected disconnected created deleted removed added changed found failed
	agent interface session input mode space defined account group role count profile password token email id
	mask unmask enable disable start stop restart reload status list-units daemon-reload show edit cat
	ist war nicht wurde hat der die das ein eine und oder mit ohne von
	is niet werd heeft de het een en of met zonder van
`)

// systemAccounts are accounts that no person stands behind.
var systemAccounts = words(`
	root admin administrator administrators system service localservice networkservice nobody daemon bin sys sync
	games man lp mail news uucp proxy www-data backup list irc gnats apt messagebus sshd ntp systemd-network
	systemd-resolve systemd-timesync systemd-coredump polkitd avahi colord saned pulse rtkit tss usbmux dnsmasq
	postgres mysql mariadb redis nginx apache httpd tomcat git docker guest public default defaultuser shared
	all users everyone anonymous user username users localsystem builtin authority workgroup nt
	_apt _ntp gdm lightdm sddm kernoops speech-dispatcher hplip cups-pk-helper geoclue sa dbo null none
	dwm-1 dwm-2 dwm-3 umfd-0 umfd-1 umfd-2 umfd-3 trustedinstaller wsiaccount allusers programdata
	me you self name login jovyan vagrant ubuntu debian pi ec2-user oracle
`)
