//go:build !unix

package readtest

// hostilePlaces need pipes, sockets and links.
func hostilePlaces() []Hostile { return nil }
