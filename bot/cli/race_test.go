//go:build race

package cli

// raceDetector tells that everything takes ten times as long, and that programs
// are built with it, too; they end with code 66 when it has found something.
const raceDetector = true
