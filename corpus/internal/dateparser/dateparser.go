// Package dateparser stands in for github.com/markusmobius/go-dateparser by a
// replace directive in parley's go.mod. go-trafilatura brings that package in
// for guessing dates in two hundred languages, which corpus switches off: a
// publication date is never guessed. But its tables are built when a program
// starts, 95 MB of allocations and a quarter of a second for every command,
// used or not.
//
// It has what github.com/markusmobius/go-htmldate compiles against, and knows
// no date. Delete the folder and the directive to have the real one back.
package dateparser

import (
	"errors"

	"github.com/markusmobius/go-dateparser/date"
)

// ParserType is a way to read dates.
type ParserType int

// The ParserTypes that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// PreferredDateSource is what an incomplete date is completed to.
type PreferredDateSource int

// Past is the PreferredDateSource that go-htmldate names.
const Past PreferredDateSource = 1

// Configuration has the settings that go-htmldate makes.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// Parser parses nothing.
type Parser struct {
	ParserTypes []ParserType
}

// Parse fails.
func (*Parser) Parse(*Configuration, string, ...string) (date.Date, error) {
	return date.Date{}, errors.New("parse date: left out of this program")
}
