package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

// save writes the inventory in the shape that "-load" reads: one file an object, folders before what is in them. The
// simulator itself keeps nothing. What was in dir is replaced at the end, so that a save that breaks off loses nothing.
func save(server *url.URL, dir string) error {
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, server, true)
	if err != nil {
		return err
	}
	root := client.ServiceContent.RootFolder
	inventory, err := view.NewManager(client.Client).CreateContainerView(ctx, root, nil, true)
	if err != nil {
		return err
	}
	all := types.NewBool(true)
	follow := func(kind, path string) types.BaseSelectionSpec {
		return &types.TraversalSpec{Type: kind, Path: path}
	}
	answer, err := property.DefaultCollector(client.Client).RetrieveProperties(ctx, types.RetrieveProperties{
		SpecSet: []types.PropertyFilterSpec{{
			ObjectSet: []types.ObjectSpec{{Obj: root}, {
				Obj:  inventory.Reference(),
				Skip: all,
				SelectSet: []types.BaseSelectionSpec{&types.TraversalSpec{
					Type: "ContainerView",
					Path: "view",
					SelectSet: []types.BaseSelectionSpec{
						follow("ComputeResource", "environmentBrowser"),
						follow("Datastore", "browser"),
						follow("HostSystem", "configManager.datastoreSystem"),
						follow("HostSystem", "configManager.networkSystem"),
						follow("VirtualMachine", "environmentBrowser"),
					},
				}},
			}},
			PropSet: propertiesOf("ManagedEntity", "EnvironmentBrowser", "HostDatastoreBrowser", "HostDatastoreSystem", "HostNetworkSystem"),
		}},
	})
	if err != nil {
		return err
	}
	fresh := dir + ".new"
	if err = os.RemoveAll(fresh); err != nil {
		return err
	}
	if err = os.MkdirAll(fresh, 0o700); err != nil {
		return err
	}
	for n, object := range answer.Returnval {
		object.MissingSet = nil
		text, err := xml.Marshal(object)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%06d-%s.xml", n, object.Obj.Encode())
		if err = os.WriteFile(filepath.Join(fresh, name), text, 0o600); err != nil {
			return err
		}
	}
	if err = os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(fresh, dir)
}

func propertiesOf(kinds ...string) (wanted []types.PropertySpec) {
	for _, kind := range kinds {
		wanted = append(wanted, types.PropertySpec{Type: kind, All: types.NewBool(true)})
	}
	return wanted
}
