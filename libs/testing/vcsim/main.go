// Command vcsim runs govmomi's vCenter simulator. With VCSIM_SAVE it keeps its inventory at a good end. It takes a subset of the flags of govmomi's own command, which since
// v0.47 is no longer part of the module and so cannot be had by "go install". An older vcsim does not do: up to v0.46.3
// it throws away the CloneSpec's instanceUuid and extraConfig, by which a VM is recognised as ours.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/simulator"
)

const govmomiVersion = "v0.56.0"

func main() {
	model := simulator.VPX()
	listen := flag.String("l", "127.0.0.1:8989", "listen address; port 0 takes a free one")
	user := flag.String("username", "", "the only login, or a file that holds it")
	password := flag.String("password", "", "its password, or a file that holds it")
	flag.Bool("tls", true, "always on; here so that the original's flags are accepted")
	certificate := flag.String("tlscert", "", "PEM file of the certificate")
	key := flag.String("tlskey", "", "PEM file of its key")
	trace := flag.String("trace-file", "", "file for every request and response")
	delays := flag.String("method-delay", "", "milliseconds per method or task, as in CloneVm:500,PowerOnVM_Task:50")
	load := flag.String("load", "", "directory of a saved inventory to begin with")
	flag.IntVar(&model.Machine, "vm", model.Machine, "VMs per resource pool")
	flag.IntVar(&model.Portgroup, "pg", model.Portgroup, "distributed port groups")
	flag.IntVar(&model.Datastore, "ds", model.Datastore, "datastores")
	flag.Parse()
	if flag.Arg(0) == "version" {
		fmt.Printf("Build Version: %s\n", govmomiVersion)
		return
	}

	if *trace != "" {
		file, err := os.Create(*trace)
		check(err)
		simulator.TraceFile, simulator.Trace = file, true
	}
	model.DelayConfig.MethodDelay = methodDelays(*delays)
	simulator.TaskDelay.MethodDelay = model.DelayConfig.MethodDelay

	model.ServiceContent.About.FullName += " (govmomi simulator)"
	if *load == "" {
		check(model.Create())
	} else {
		check(model.Load(*load))
	}
	model.Service.RegisterEndpoints = true
	model.Service.Listen = &url.URL{Host: *listen}
	if *user != "" {
		model.Service.Listen.User = url.UserPassword(secret(*user), secret(*password))
	}
	model.Service.TLS = new(tls.Config)
	if *certificate != "" {
		pair, err := tls.LoadX509KeyPair(*certificate, *key)
		check(err)
		model.Service.TLS.Certificates = []tls.Certificate{pair}
	}
	server := model.Service.NewServer()
	defer model.Remove()
	// Without user and password: this line ends in logs.
	fmt.Printf("export GOVC_URL=https://%s%s GOVC_SIM_PID=%d\n", server.URL.Host, server.URL.Path, os.Getpid())

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	<-stop
	if dir := os.Getenv("VCSIM_SAVE"); dir != "" {
		check(save(server.URL, dir))
	}
}

func methodDelays(flag string) map[string]int {
	delays := map[string]int{}
	for _, pair := range strings.FieldsFunc(flag, func(r rune) bool { return r == ',' }) {
		method, milliseconds, _ := strings.Cut(pair, ":")
		n, err := strconv.Atoi(milliseconds)
		check(err)
		delays[method] = n
	}
	return delays
}

func secret(value string) string {
	text, err := session.Secret(value)
	check(err)
	return text
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
