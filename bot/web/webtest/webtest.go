// Package webtest drives the page of a built parley in headless Chromium, as people
// use it. It is a module of its own, so that the program does not depend on what
// drives a browser:
//
//	cd bot/web/webtest
//	go test . [-parley FILE] [-axe FILE] [-pictures DIR]
//
// Without Chromium the tests are skipped, and without axe.min.js of axe-core those of
// accessibility are: npm pack axe-core fetches it.
package webtest
