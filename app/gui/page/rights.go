//go:build !headless

package page

import (
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/session/rights"
)

// RightWords are a right as people read it.
type RightWords struct {
	Word string // in a word or two, to the supporter
	Aim  string // what the supporter asks for
	Name string // what the customer is asked for

	Meaning string // of a yes, to the customer
	Caution string // what to be careful about then; may be empty
}

// Right gives a right's words; one of a newer program has only its name.
func Right(r rights.Right) RightWords {
	switch r {
	case rights.See:
		return RightWords{
			Word: lang.X("right see", "Screen"), Aim: lang.L("See the screen"), Name: lang.L("See your screen"),
			Meaning: lang.L("They see what you choose here, until you stop. Close first what they should not see."),
		}
	case rights.Point:
		return RightWords{
			Word: lang.X("right point", "Point"), Aim: lang.L("Point at something on it"), Name: lang.L("Point at things on your screen"),
			Meaning: lang.L("A coloured mark shows you where to look. It presses nothing."),
		}
	case rights.Control:
		return RightWords{
			Word: lang.X("right control", "Control"), Aim: lang.L("Use mouse and keyboard"), Name: lang.L("Use your keyboard and mouse"),
			Meaning: lang.L("They can click and type here as you can. Your own mouse and keyboard go on working."),
			Caution: lang.L("Stay at the screen and watch. Do not allow this when you have your bank or passwords open."),
		}
	case rights.Film:
		return RightWords{
			Word: lang.X("right film", "Film"), Aim: lang.L("Keep a film of what is seen"), Name: lang.L("Keep a film of what they see"),
			Meaning: lang.L("Their program may write what they see into a file, until you or they end it."),
			Caution: lang.L("The film stays with them afterwards, with everything that was to be seen."),
		}
	case rights.ClipIn:
		return RightWords{
			Word: lang.X("right clipboard-in", "Send text"), Aim: lang.L("Put text into their clipboard"), Name: lang.L("Put text into your clipboard"),
			Meaning: lang.L("Text that they copy, you can paste here."),
		}
	case rights.ClipOut:
		return RightWords{
			Word: lang.X("right clipboard-out", "Take text"), Aim: lang.L("Take text from their clipboard"), Name: lang.L("Read your clipboard"),
			Meaning: lang.L("Text that you copy from now on, they get as well. That can be a password too."),
		}
	case rights.FilesIn:
		return RightWords{
			Word: lang.X("right files-in", "Send files"), Aim: lang.L("Send files to them"), Name: lang.L("Send you files"),
			Meaning: lang.L("You are asked about each file. It goes into your downloads folder and is not opened."),
		}
	case rights.FilesOut:
		return RightWords{
			Word: lang.X("right files-out", "Get files"), Aim: lang.L("Get files that they choose"), Name: lang.L("Get files from you"),
			Meaning: lang.L("You choose each file yourself and are asked once more."),
			Caution: lang.L("What has left this computer cannot be called back."),
		}
	case rights.Vitals:
		return RightWords{
			Word: lang.X("right vitals", "Load"), Aim: lang.L("Load of processor, memory, disks, network"), Name: lang.L("See how busy this computer is"),
			Meaning: lang.L("The load of processor, memory, disks and network, as figures."),
		}
	case rights.Logs:
		return RightWords{
			Word: lang.X("right logs", "Logs"), Aim: lang.L("Newest logs, cleaned"), Name: lang.L("Read the newest log files"),
			Meaning: lang.L("You see the text before it leaves. Names and secrets are replaced in it."),
		}
	case rights.System:
		return RightWords{
			Word: lang.X("right system", "System"), Aim: lang.L("Facts about the system, cleaned"), Name: lang.L("Read facts about this computer"),
			Meaning: lang.L("System, programs and devices. You see the text before it leaves."),
		}
	}
	return RightWords{Word: string(r), Aim: string(r), Name: string(r)}
}

// Role is as what somebody comes.
func Role(role string) string {
	switch role {
	case api.RoleExpert:
		return lang.L("Expert")
	case api.RoleObserver:
		return lang.L("Observer")
	}
	return lang.L("Supporter")
}
