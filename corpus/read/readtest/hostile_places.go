//go:build unix

package readtest

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// hostilePlaces are things in a folder that are no files, or only seem to be.
// Their readers must neither wait for them nor follow them for ever.
func hostilePlaces() []Hostile {
	return []Hostile{
		{Name: "pipe.txt", put: func(p string) error { return syscall.Mkfifo(p, 0o600) }, Refused: []string{"pipe", "file"}},
		{Name: "loop.txt", put: func(p string) error { return os.Symlink("loop.txt", p) }, Refused: []string{"link", "loop", "many levels"}},
		{Name: "loop-folder", put: func(p string) error { return os.Symlink(".", p) }, Refused: []string{"link", "folder"}, Either: true},
		{Name: "nowhere.md", put: func(p string) error { return os.Symlink("missing.md", p) }, Refused: []string{"link", "missing", "not exist", "no such"}},
		{Name: "zero.txt", put: func(p string) error { return os.Symlink("/dev/zero", p) }, Refused: []string{"device", "link", "file"}},
		{Name: "socket.txt", put: func(p string) error {
			l, err := (&net.ListenConfig{}).Listen(context.Background(), "unix", p)
			if err != nil {
				return err
			}
			l.(*net.UnixListener).SetUnlinkOnClose(false)
			return l.Close()
		}, Refused: []string{"socket", "file"}},
		{Name: "holiday.mp4", put: sparse, Refused: []string{"video", "mp4", "not supported", "large"}, Either: true},
		{Name: "holiday.txt", put: sparse, Refused: []string{"video", "mp4", "large", "bytes", "MB", "limit"}},
		{Name: "a\x1b[31mred\x1b[0m\n.txt", Data: text("Ferry of Ellery\n\n", opening), Says: Lives},
		{Name: "locked.txt", put: func(p string) error { return os.WriteFile(p, []byte(opening), 0) }, Refused: []string{"permission", "denied"}, Says: Lives, Either: true},
		{Name: "deep", put: deepFolders, Refused: []string{"deep", "folder", "nested", "long"}, Either: true},
	}
}

// sparse is a video of 50 GB that takes no room on the disk.
func sparse(p string) error {
	if err := os.WriteFile(p, []byte("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"), 0o600); err != nil {
		return err
	}
	return os.Truncate(p, 50<<30)
}

// deepFolders is as many folders in each other as a path can name.
func deepFolders(p string) error {
	p = filepath.Join(p, strings.Repeat("d/", 1_500))
	if err := os.MkdirAll(p, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p, "bottom.txt"), []byte("Ferry of Ellery\n\n"+opening), 0o600)
}
