package collect

import (
	"golang.org/x/sys/windows"
	"golang.org/x/text/encoding/charmap"
)

// systemPages are those that the system is set to; those of more than one
// byte a character, as in East Asia, are not known here.
func systemPages() codePages {
	known := map[uint32]*charmap.Charmap{
		437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
		858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
		865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874, 1250: charmap.Windows1250,
		1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
		1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	}
	pages := western()
	if p := known[windows.GetACP()]; p != nil {
		pages.windows = p
	}
	oem, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetOEMCP").Call()
	if p := known[uint32(oem)]; p != nil {
		pages.console = p
	}
	return pages
}
